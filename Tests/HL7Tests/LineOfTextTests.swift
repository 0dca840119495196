import Effects
import HL7
import Testing

/// Where segments end in LF, a line of a text may look like a segment.
@Suite("HL7 v2: lines of texts that look like segments") struct LineOfTextTests {
    private static func message(_ lines: String..., end: String) throws -> HL7Message {
        try HL7TextTests.message(([HL7TextTests.header, "OBR|1||F1|X"] + lines).joined(separator: end))
    }

    @Test(arguments: ["\n", "\r"])
    func aNameThatHL7DoesNotHaveIsRefused(end: String) {
        for line in ["IMP|正常", "WBC|5.5||||||F", "A12|b"] {
            let failure = #expect(throws: Failure("hl7.lineEnds", "")) {
                try Self.message("OBX|1|TX|T||第一行", line, "第三行||||||F", end: end)
            }
            #expect(failure?.place == "behind a text" && failure?.remedy?.contains(".br") == true)
        }
    }

    @Test(arguments: ["\n", "\r"])
    func aLineWithoutTheFormOfItsNameIsRefused(end: String) {
        for line in ["OBX|异常|x", "NTE|见下", "OBX|2||", "PID|同上", "OBR|复查|", "ORC|医嘱", "SPM|血"] {
            #expect(throws: Failure("hl7.lineEnds", ""), "\(line)") {
                try Self.message("OBX|1|TX|T||第一行", line, "第三行||||||F", end: end)
            }
        }
    }

    @Test func aResultThatIsCountedOtherwiseBehindATextWithoutItsStatusIsRefused() throws {
        let (first, text, quoted) = ("OBX|1|NM|K||5||||||F", "OBX|2|TX|T||上次结果:", "OBX|1|NM|K||9.9||||||F")
        #expect(throws: Failure("hl7.lineEnds", "")) { try Self.message(first, text, quoted, end: "\n") }
        // The next number goes on, and where segments end in CR, LF would be the text's own.
        let next = "OBX|3|NM|NA||140||||||F"
        #expect(try Self.message(first, text, next, end: "\n").segments("OBX").count == 3)
        #expect(try Self.message(first, text, quoted, end: "\r").segments("OBX").count == 3)
    }

    @Test func segmentsBehindWholeTextsAreTakenWhateverTheirForm() throws {
        for end in ["\n", "\r"] {
            let message = try Self.message("OBX|1|TX|T||第一行||||||F", "ZLX|见下", "DG1|1||A", "NTE|1||注", end: end)
            #expect(message.segments.map(\.name) == ["MSH", "OBR", "OBX", "ZLX", "DG1", "NTE"])
        }
    }
}
