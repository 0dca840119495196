import Effects
import HL7
import Testing

@Suite("HL7 v2 messages")
struct HL7MessageTests {
    static let lines = [
        "MSH|^~\\&|LIS^1.2.3^ISO|H1|YL|N1|20260101083000+0800||ORU^R01^ORU_R01|M1|P|2.5.1",
        "PID|1||A1^^^H1&1.2&ISO^MR~B2^^^H2^PI||张^三||19700101|M",
        "OBR|1|P1|F1|GLU^葡萄糖^99LAB", "OBX|1|NM|GLU^葡萄糖^99LAB||0.50|mmol/L|3.9-6.1|L|||F",
        "ZLX|1|own^thing",
    ]

    static func message(_ text: String) throws -> HL7Message {
        try HL7Message.parse(Array(text.utf8), defaultEncoding: .utf8)
    }

    @Test(arguments: ["\r", "\n", "\r\n"])
    func everyLineEndIsTaken(end: String) throws {
        for text in [Self.lines.joined(separator: end), "\n\n" + Self.lines.joined(separator: end) + end + end] {
            let message = try Self.message(text)
            #expect(message.segments.map(\.name) == ["MSH", "PID", "OBR", "OBX", "ZLX"])
            #expect(message.segment("OBX")?.field(5).text == "0.50")
            #expect(message.segment("ZLX")?.field(2).component(2).text == "thing")
        }
    }

    @Test func partsAreNumberedAsHL7NumbersThem() throws {
        let message = try Self.message(Self.lines.joined(separator: "\r"))
        #expect(message.header.field(1).raw == "|")
        #expect(message.header.field(2).raw == "^~\\&")
        #expect(message.header.field(3).component(2).text == "1.2.3")
        let identifiers = try #require(message.segment("PID")).field(3)
        #expect(identifiers.repetitions.count == 2)
        #expect(identifiers.repetition(0).component(4).subcomponent(2).text == "1.2")
        #expect(identifiers.repetition(1).component(1).text == "B2")
        #expect(identifiers.repetition(7).component(9).subcomponent(3).text.isEmpty)
        #expect(message.messageCode == "ORU")
        #expect(message.triggerEvent == "R01")
        #expect(message.controlID == "M1")
    }

    @Test func aFifthDelimiterIsTheTruncationCharacter() throws {
        let message = try Self.message("MSH|^~\\&#|A|B|||20260101||ORU^R01|1|P|2.7\rNTE|1||a\\P\\b#")
        #expect(message.delimiters.truncation == UInt8(ascii: "#"))
        #expect(message.segment("NTE")?.field(3).text == "a#b#")
    }

    @Test func otherDelimitersAreTaken() throws {
        let message = try Self.message("MSH*:~!%*A*B***20260101**ORU:R01*1*P*2.3\rOBX*1*ST*X**a!S!b:c")
        #expect(message.segment("OBX")?.field(5).component(1).text == "a:b")
        #expect(message.triggerEvent == "R01")
    }

    @Test(arguments: [
        (#"a\F\b\S\c\T\d\R\e\E\f"#, #"a|b^c&d~e\f"#), (#"one\.br\two"#, "one\ntwo"), (#"\X48C3A9\"#, "Hé"),
        (#"\XE5BCA0\三"#, "张三"), (#"\XFF\"#, #"\XFF\"#), (#"\X4\"#, #"\X4\"#), (#"\H\bold\N\"#, #"\H\bold\N\"#),
        (#"\Zown\"#, #"\Zown\"#), (#"C:\temp"#, #"C:\temp"#), (#"a\"#, #"a\"#), (#"\\"#, #"\\"#),
        (#"\.sp2\x"#, #"\.sp2\x"#), ("  kept  ", "  kept  "),
    ])
    func escapesAreResolvedAndUnknownOnesKept(raw: String, text: String) throws {
        let message = try Self.message("MSH|^~\\&|A|B|||20260101||ORU^R01|1|P|2.5\rNTE|1||\(raw)")
        let field = try #require(message.segment("NTE")).field(3)
        #expect(field.text == text)
        #expect(field.raw == raw)
    }

    @Test func escapingAndResolvingGiveTheTextBack() throws {
        let text = "a|b^c&d~e\\f\n血常规 <0.01"
        let message = try Self.message(
            "MSH|^~\\&|A|B|||20260101||ORU^R01|1|P|2.5\rNTE|1||\(HL7Escape.escape(text))")
        #expect(message.segment("NTE")?.field(3).text == text)
        #expect(message.segments.count == 2)
    }

    @Test func nullIsNotEmpty() throws {
        let message = try Self.message("MSH|^~\\&|A|B|||20260101||ORU^R01|1|P|2.5\rOBX|1|ST|X||\"\"|")
        let segment = try #require(message.segment("OBX"))
        #expect(segment.field(5).isNull)
        #expect(segment.field(5).value == nil)
        #expect(segment.field(5).text.isEmpty)
        #expect(!segment.field(6).isNull)
    }

    @Test func aLineThatIsNoSegmentBelongsToTheOneBefore() throws {
        let message = try Self.message(
            "MSH|^~\\&|A|B|||20260101||ORU^R01|1|P|2.5\rOBX|1|TX|X||first line\nsecond line\rOBX|2|ST|Y||z")
        #expect(message.segments.count == 3)
        #expect(message.segment("OBX")?.field(5).text == "first line\nsecond line")
    }

    @Test func sequencesAreCountedByName() throws {
        let message = try Self.message("MSH|^~\\&|A|B|||1||ORU^R01|1|P|2.5\rOBX|9\rNTE|1\rOBX|9")
        #expect(message.segments("OBX").map(\.sequence) == [1, 2])
    }

    @Test func framingBytesAndAByteOrderMarkAreSkipped() throws {
        let text = "\u{FEFF}\u{0B}" + Self.lines.joined(separator: "\r") + "\r\u{1C}\r"
        #expect(try Self.message(text).segments.count == 5)
    }

    @Test func linesOfBlanksAndTheEndOfADOSFileBelongToNoSegment() throws {
        let text = Self.lines.joined(separator: "\r\n") + "\r\n  \r\n\t\r\n\u{1A}"
        let message = try Self.message(text)
        #expect(message.segments.map(\.raw) == Self.lines)
    }

    @Test(arguments: [
        ("", "hl7.noHeader"), ("PID|1", "hl7.noHeader"), ("MSH", "hl7.noHeader"), ("{\"a\":1}", "hl7.noHeader"),
        ("MSH|", "hl7.delimiters"), ("MSH||", "hl7.delimiters"), ("MSH|^^\\&|", "hl7.delimiters"),
        ("MSH|^~\\&#!|", "hl7.delimiters"), ("MSH|AB\\&|", "hl7.delimiters"), ("MSH|^|\\&|", "hl7.noProblem"),
        ("MSH|^~\\&|A\rMSH|^~\\&|B", "hl7.severalMessages"),
    ])
    func malformedMessagesAreRefusedByName(text: String, code: String) {
        if code == "hl7.noProblem" {
            #expect(throws: Never.self) { try Self.message(text) }
        } else {
            #expect(throws: Failure(Failure.Code(rawValue: code), "")) { try Self.message(text) }
        }
    }

    @Test func cutAnywhereAMessageIsReadOrRefusedButNeverTraps() {
        let bytes = Array(Self.lines.joined(separator: "\r").utf8)
        for length in 0...bytes.count {
            for encoding in HL7Encoding.allCases {
                if let message = try? HL7Message.parse(Array(bytes.prefix(length)), defaultEncoding: encoding) {
                    for segment in message.segments { _ = segment.field(3).component(1).text }
                }
                _ = HL7Message.headerAlone(of: Array(bytes.prefix(length)))
                _ = HL7Batch.messages(in: Array(bytes.prefix(length)))
            }
        }
    }

    @Test func anyBytesAreReadOrRefusedButNeverTrap() {
        var state: UInt64 = 42
        let alphabet = Array("MSH|^~\\&PIDOBX\r\n\u{0B}\u{1C}019\"X.br".utf8) + [0xD5, 0x81, 0xFF]
        for _ in 0..<3_000 {
            var bytes = Array("MSH|^~\\&|".utf8)
            for _ in 0..<60 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(alphabet[Int(state >> 33) % alphabet.count])
            }
            guard let message = try? HL7Message.parse(bytes, defaultEncoding: .gb18030) else { continue }
            for segment in message.segments {
                for number in 0...4 { _ = segment.field(number).repetitions.map { $0.component(2).text } }
            }
        }
    }

    @Test func aBatchFileIsCutIntoItsMessages() throws {
        let one = Self.lines.joined(separator: "\r")
        let text = "FHS|^~\\&|A\rBHS|^~\\&|A\r" + one + "\r" + one + "\rBTS|2\rFTS|1\r"
        let messages = HL7Batch.messages(in: Array(text.utf8))
        #expect(messages.map { String(decoding: $0, as: UTF8.self) } == [one, one])
        #expect(HL7Batch.messages(in: Array("nothing".utf8)).count == 1)
        let single = try Self.message("FHS|^~\\&|A\rBHS|^~\\&|A\r" + one + "\rBTS|1\rFTS|1\r")
        #expect(single.segments.count == 5)
    }
}
