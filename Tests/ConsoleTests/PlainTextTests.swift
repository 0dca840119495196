import Effects
import Foundation
import ServiceKit
import Testing

@testable import Console

@Suite("Text of others on a terminal") struct PlainTextTests {
    private static let harmful = [
        "\u{1B}[2J张三", "\u{9B}31m红", "a\u{7}b", "\u{202E}txt.exe", "\u{2066}x", "\u{7F}", "\u{0}", "x\u{E0041}",
        "\u{1B}]0;title\u{7}",
    ]

    @Test(arguments: harmful) func `whatever a terminal would obey is shown and does nothing`(_ text: String) {
        for shown in [PlainText.line(text), PlainText.lines(text), PlainText.json("\"" + text + "\"")] {
            #expect(!shown.unicodeScalars.contains(where: PlainText.isHarmful), "\(Array(shown.unicodeScalars))")
            #expect(shown != text)
        }
    }

    @Test(arguments: harmful) func `JSON says the same in other letters`(_ text: String) throws {
        let bytes = try OperatorJSON.bytes([text])
        let written = PlainText.json(String(decoding: bytes, as: UTF8.self))
        #expect(try JSONDecoder().decode([String].self, from: Data(written.utf8)) == [text])
    }

    @Test func `letters of all scripts pass as they are`() {
        for text in ["平定县人民医院", "µmol/L", "e\u{301}", "👩‍⚕️", "½ ≥ 3×10⁹"] {
            #expect(PlainText.line(text) == text && PlainText.lines(text) == text && PlainText.json(text) == text)
        }
    }

    @Test func `a cell stays on its line, and no cell writes over another`() {
        var table = TextTable("NAME", "CODE")
        table.add("a\nb\tc", "\u{1B}[8m1\r2")
        #expect(table.text == "NAME   CODE\na␊b c  ␛[8m1␍2")
    }

    @Test func `line ends of other systems are line ends, and none writes over its line`() {
        #expect(PlainText.lines("MSH|1\rMSA|AA\r\n\tx\n") == "MSH|1\nMSA|AA\n\tx\n")
    }
}
