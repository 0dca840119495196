import ConsoleKit
import Effects
import Testing

@Suite("Markup") struct HTMLTests {
    /// What names, reasons and codes of others could hold.
    static let hostile = [
        "<script>alert(1)</script>", "\" onmouseover=\"x", "' autofocus='", "a & b <c>", "</td></tr></table>",
        "<!--", "]]>", "&lt;b&gt;", "\u{202E}txt.exe", "\u{0}a\u{1B}[2J", "<img src=x onerror=alert(1)>", "\u{2028}x",
    ]

    @Test(arguments: hostile) func `a text put into markup is shown and does nothing`(_ text: String) {
        let content: HTML = "<p>\(text)</p>"
        let attribute: HTML = "<a title=\"\(text)\">x</a>"
        let inner = content.text.dropFirst(3).dropLast(4)
        #expect(!inner.contains("<") && !inner.contains(">") && !inner.contains("\"") && !inner.contains("'"))
        #expect(attribute.text.split(separator: "\"", omittingEmptySubsequences: false).count == 3)
        #expect(!content.text.unicodeScalars.contains(where: PlainText.isHarmful))
        #expect(HTML(text).text == String(inner))
    }

    @Test func `only literals and markup are markup`() {
        let name = "<b>"
        let bold: HTML = "<b>\(name)</b>"
        let list: HTML = "<ul>\([bold, bold])</ul>"
        #expect(list.text == "<ul><b>&lt;b&gt;</b><b>&lt;b&gt;</b></ul>")
        #expect(("<i>\(3)</i>" as HTML).text == "<i>3</i>")
        #expect(HTML.when(false, bold).isEmpty && HTML.when(true, bold) == bold)
        #expect(HTML.each(nil as String?) { HTML($0) }.isEmpty)
        #expect((bold + "<hr>").text.hasSuffix("<hr>"))
    }

    @Test func `an address holds what narrows a page, encoded`() {
        #expect(PageAddress("/queue", [("reason", "a b&c"), ("to", "")]).text == "/queue?reason=a%20b%26c")
        #expect(PageAddress("/queue", fragment: "x").text == "/queue#x")
    }

    @Test(arguments: [
        "https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "queue", "", "/a\r\nset-cookie: b",
        "/\\elsewhere.example", "/a#b", "/" + String(repeating: "a", count: 600),
    ])
    func `nothing elsewhere is a place to go back to`(_ text: String) {
        #expect(PageAddress(local: text) == nil)
    }

    @Test func `a place of this console is one to go back to`() {
        #expect(PageAddress(local: "/queue?reason=a%20b&older=1h")?.text == "/queue?reason=a%20b&older=1h")
    }
}
