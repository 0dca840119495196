import Effects
import HL7
import Testing

/// What stands in texts and around messages that is not of HL7's making.
@Suite("HL7 v2 texts, marks and character sets")
struct HL7TextTests {
    static let header = "MSH|^~\\&|LIS|A|||1||ORU^R01|M1|P|2.5"

    static func message(_ text: String, _ encoding: HL7Encoding = .utf8) throws -> HL7Message {
        try HL7Message.parse(Array(text.utf8), defaultEncoding: encoding)
    }

    @Test(arguments: ["\r", "\r\n"])
    func whereSegmentsEndInCRALineFeedIsText(end: String) throws {
        let message = try Self.message(
            [Self.header, "OBX|1|TX|X||one\nNEG\nPID\nthree||||||F", "NTE|1||a\nRBC\nb"].joined(separator: end))
        #expect(message.segments.map(\.name) == ["MSH", "OBX", "NTE"])
        #expect(message.segment("OBX")?.field(5).text == "one\nNEG\nPID\nthree")
        #expect(message.segment("NTE")?.field(3).text == "a\nRBC\nb")
        let plain = try Self.message([Self.header, "OBX|1|TX|X||one\nNEG\nthree||||||F"].joined(separator: end))
        #expect(plain.segment("OBX")?.field(5).text == "one\nNEG\nthree")
        #expect(plain.segment("OBX")?.field(11).text == "F")
    }

    @Test(arguments: [
        "OBX|1|TX|X||one\nOBX|2|NM|K||9.9||||||F\nthree||||||F", "OBR|1\robx|1|NM|K||5||||||F", "OBR|1\rObx|1|NM|K||5",
        "OBX|1|TX|X||one\rOBX |2|NM|K||5", "OBX|1|TX|X||one\n NTE|1||note||||F", "NTE|1||a\nzzz|1",
    ])
    func aSegmentThatWouldBeReadAsFieldsOfAnotherOneIsRefused(lines: String) {
        #expect(throws: Failure("hl7.lineEnds", "")) { try Self.message(Self.header + "\r" + lines + "\rNTE|1\r") }
    }

    @Test func blanksBeforeASegmentAreNoneOfItAndOneCRAfterTheHeaderDecidesNothing() throws {
        let message = try Self.message(Self.header + "\r  OBR|1\r\tOBX|1|NM|K||5||||||F\r")
        #expect(message.segments.map(\.name) == ["MSH", "OBR", "OBX"])
        #expect(message.segment("OBX")?.field(11).text == "F")
        let mixed = try Self.message(Self.header + "\rOBR|1\nOBX|1|NM|K||5||||||F\n")
        #expect(mixed.segments.map(\.name) == ["MSH", "OBR", "OBX"])
        #expect(mixed.doubts.isEmpty)
    }

    @Test func aLineBehindASegmentWithoutTextIsTold() throws {
        let message = try Self.message(Self.header + "\rOBR|1||F1\rand more\rOBX|1|TX|X||one\rtwo||||||F\r")
        #expect(message.doubts.map(\.place) == ["OBR"])
        #expect(message.segment("OBX")?.field(5).text == "one\ntwo")
    }

    @Test func everyLineEndOfATextIsALineFeedAlsoAnEscapedOne() throws {
        let message = try Self.message(Self.header + "\rOBX|1|TX|X||a\\X0D0A\\b\\X0D\\c\\.br\\d\r")
        #expect(message.segment("OBX")?.field(5).text == "a\nb\nc\nd")
    }

    @Test(arguments: ["\r", "\n"])
    func aLineOfThreeCapitalsIsText(end: String) throws {
        let message = try Self.message(
            [Self.header, "OBX|1|TX|X||one", "NEG", "HIV", "three||||||F", "PV1"].joined(separator: end))
        #expect(message.segments.map(\.name) == ["MSH", "OBX", "PV1"])
        #expect(message.segment("OBX")?.field(5).text == "one\nNEG\nHIV\nthree")
        #expect(message.segment("OBX")?.field(11).text == "F")
    }

    @Test func everyMarkOfByteOrderIsSkipped() throws {
        let mark = "\u{FEFF}"
        let one = Self.header + "\rOBX|1|ST|X||7\r"
        let file = Array((mark + one + mark + one + mark).utf8)
        let messages = HL7Batch.messages(in: file)
        #expect(messages.count == 2)
        for message in messages {
            #expect(try HL7Message.parse(message, defaultEncoding: .utf8).segments.map(\.name) == ["MSH", "OBX"])
        }
        let gb = [0x84, 0x31, 0x95, 0x33] + Array(one.utf8)
        #expect(try HL7Message.parse(gb + gb.prefix(4), defaultEncoding: .gb18030).segments.count == 2)
    }

    @Test func aTextThatSpeaksOfAHeaderBeginsNoMessage() {
        let text = Self.header + "\rNTE|1||see\nMSH: the header\nMSH=x\rOBX|1\r"
        #expect(HL7Batch.messages(in: Array(text.utf8)).count == 1)
    }

    @Test func aContinuedFieldIsJoined() throws {
        let message = try Self.message(
            [Self.header, "OBX|1|TX|A||one ", "ADD|two ", "ADD|three||||||F", "NTE|1||x", "ADD"].joined(
                separator: "\r"))
        #expect(message.segments.map(\.name) == ["MSH", "OBX", "NTE"])
        #expect(message.segment("OBX")?.field(5).text == "one two three")
        #expect(message.segment("OBX")?.field(11).text == "F")
        #expect(message.segment("NTE")?.field(3).text == "x")
    }

    @Test(arguments: ["5\u{1C}5", "5\u{0B}5"])
    func aFramingByteWithinAMessageIsRefused(value: String) {
        #expect(throws: Failure("hl7.framing", "")) {
            try Self.message(Self.header + "\rOBX|1|NM|X||\(value)|g/L|||||F\r")
        }
    }

    @Test func aZeroByteWithinAMessageIsRefusedAroundItsLinesTakenOffAndWrittenOutKeptAsItStands() throws {
        let failure = #expect(throws: Failure("hl7.zeroByte", "")) {
            try Self.message(Self.header + "\rOBX|1|ST|X||a\u{0}b||||||F\r")
        }
        #expect(failure?.place == "OBX[1]")
        let header = Self.header.replacing("|P|", with: "|P\u{0}|") + "\r"
        #expect(throws: Failure("hl7.zeroByte", "")) { try Self.message(header) }
        #expect(HL7Message.headerAlone(of: Array(header.utf8))?.header.field(11).text == "P")
        let filled = try Self.message("\u{0}" + Self.header + "\rOBX|1|ST|X||a||||||F\u{0}\r\u{0}\u{0}")
        #expect(filled.segments.map(\.name) == ["MSH", "OBX"])
        #expect(filled.segment("OBX")?.field(11).text == "F")
        let written = try Self.message(Self.header + "\rOBX|1|ST|X||a\\X00\\b||||||F\r")
        #expect(written.segment("OBX")?.field(5).text == "a\\X00\\b")
    }

    @Test func utf8IsNotReadAsAnotherCharacterSet() throws {
        for encoding in [HL7Encoding.gb18030, .latin1] {
            #expect(throws: Failure("hl7.otherEncoding", "")) {
                try Self.message(Self.header + "\rPID|1||A||张三\r", encoding)
            }
            let doubtful = try Self.message(Self.header + "\rOBX|1|NM|X||5|µg/L\r", encoding)
            #expect(doubtful.doubts.map(\.place) == ["MSH-18"])
            #expect(try Self.message(Self.header + "\rPID|1||A\r", encoding).doubts.isEmpty)
        }
        let gb = try HL7Encoding.gb18030.encode(Self.header + "\rPID|1||A||张三\r")
        #expect(try HL7Message.parse(gb, defaultEncoding: .gb18030).segment("PID")?.field(5).text == "张三")
    }

    @Test func chineseIsNotReadAsLatin() throws {
        for text in ["阳性", "血常规：白细胞", "a 张三 b"] {
            let gb = try HL7Encoding.gb18030.encode(Self.header + "\rPID|1||A||\(text)\r")
            #expect(throws: Failure("hl7.otherEncoding", "")) { try HL7Message.parse(gb, defaultEncoding: .latin1) }
        }
        for text in ["Müller", "5 µg ± 2 °C", "Élodie Besançon", "Ångström ±°", "«oui»"] {
            let latin = try HL7Encoding.latin1.encode(Self.header + "\rPID|1||A||\(text)\r")
            #expect(try HL7Message.parse(latin, defaultEncoding: .latin1).segment("PID")?.field(5).text == text)
        }
    }

    @Test(arguments: [
        "GB2312-80", "GB 2312-1980", "MS936", "windows-936", "GB/T 18030", "GB/T 18030-2022", "gb18030", "EUC-CN",
        "CP936",
    ])
    func chineseCharacterSetsAreReadByTheirCommonNames(name: String) {
        #expect(HL7Encoding(tableName: name) == .gb18030)
    }

    @Test(arguments: ["GB 18031", "BIG-5", "UNICODE UTF-16", "GB2312-81", "KS X 1001"])
    func otherCharacterSetsAreRefusedByName(name: String) {
        let text = Self.header + "||||||\(name)\rPID|1||A||张\r"
        do {
            _ = try Self.message(text)
            Issue.record("\(name) was taken")
        } catch {
            #expect((error as? Failure)?.code == "hl7.encodingUnknown")
            #expect((error as? Failure)?.message.contains(name) == true)
        }
    }

    @Test func utf16IsNamed() {
        let little: [UInt8] = "MSH|".utf8.flatMap { byte -> [UInt8] in [byte, 0] }
        let marked: [UInt8] = [0xFF, 0xFE, 0x4D, 0]
        for bytes in [little, marked] {
            #expect(throws: Failure("hl7.undecodable", "")) {
                try HL7Message.parse(bytes, defaultEncoding: .utf8)
            }
        }
    }

    @Test(arguments: ["MSH|^~&|", "MSH|^^\\&|", "MSH|AB|", "MSH^~\\&^"])
    func theControlIDIsFoundWhereDelimitersAreUnusable(start: String) throws {
        let separator = start.contains("|") ? "|" : "^"
        let text = start + ["LIS", "A", "", "", "1", "", "ORU", "M9", "P", "2.5"].joined(separator: separator)
        #expect(HL7Message.headerAlone(of: Array(text.utf8))?.controlID == "M9")
        let answer = HL7Acknowledgement(.applicationReject, controlID: "1", time: .epoch)
            .bytes(answering: HL7Message.headerAlone(of: Array(text.utf8)))
        #expect(try HL7Message.parse(answer, defaultEncoding: .utf8).segment("MSA")?.field(2).text == "M9")
    }

    @Test func aLostBackslashIsNamed() {
        do {
            _ = try Self.message("MSH|^~&|A")
            Issue.record("it was taken")
        } catch {
            #expect((error as? Failure)?.message.contains("escape character is missing") == true)
        }
    }

    @Test(
        arguments: [
            ("MSH|^~\\&|||||1||ACK^R01|1|P|2.5\rMSA|AA|7\r", "AA"), ("MSH|^~\\&|||||1||MCF|1|P|2.3\rMSA|CA|7\r", "CA"),
            ("MSH|^~\\&|||||1|||1|P|2.3\rMSA|AE|7\r", "AE"), ("MSH|^~\\&|||||1||ACK|1|P|2.5\r", ""),
            ("MSH|^~\\&|||||1||ORU^R01|1|P|2.5\rMSA|AA|7\r", nil), ("MSH|^~\\&|||||1|||1|P|2.3\rPID|1\r", nil),
            ("nothing", nil),
        ] as [(String, String?)])
    func acknowledgementsAreTold(text: String, code: String?) {
        #expect(HL7Acknowledgement.acknowledged(by: Array(text.utf8)) == code)
    }

    @Test func warningsStandBesideAnAcceptanceAndSayHowManyMoreThereAre() throws {
        let problems = (1...80).map {
            HL7Problem(.accepted, segment: "OBX", sequence: $0, field: 9, text: "odd", severity: .warning, notice: "n")
        }
        let message = try Self.message(Self.header + "\r")
        let answer = try HL7Message.parse(
            HL7Acknowledgement(.applicationAccept, problems: problems, controlID: "1", time: .epoch)
                .bytes(answering: message), defaultEncoding: .utf8)
        #expect(answer.segment("MSA")?.field(3).isEmpty == true)
        let errors = answer.segments("ERR")
        #expect(errors.count == HL7Acknowledgement.problemLimit)
        #expect(errors.allSatisfy { $0.field(4).text == "W" && $0.field(5).text == "n" })
        #expect(errors.last?.field(8).text == "odd; and 30 more")
    }
}
