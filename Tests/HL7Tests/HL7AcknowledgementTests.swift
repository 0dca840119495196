import Effects
import HL7
import Testing

@Suite("Acknowledgements")
struct HL7AcknowledgementTests {
    static func message(version: String = "2.5.1", accept: String = "", application: String = "", tail: String = "")
        throws -> HL7Message
    {
        let start = "MSH|^~\\&|LIS^1&2|H1|YL|N1|20260101083000||ORU^R01^ORU_R01|M-7|P|"
        let header = start + "\(version)|||\(accept)|\(application)\(tail)"
        return try HL7Message.parse(Array(header.utf8), defaultEncoding: .utf8)
    }

    static func acknowledgement(_ code: HL7AcknowledgementCode, _ problems: [HL7Problem] = []) -> HL7Acknowledgement {
        HL7Acknowledgement(
            code, problems: problems, controlID: "A-1", time: WallTime(milliseconds: 1_767_225_600_000))
    }

    static let problem = HL7Problem(
        .requiredFieldMissing, segment: "OBX", sequence: 3, field: 5, component: 2, text: "a value | is missing")

    @Test func senderAndReceiverAreSwappedAndTheControlIDEchoed() throws {
        let bytes = Self.acknowledgement(.applicationAccept).bytes(answering: try Self.message())
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r").map(String.init)
        #expect(
            lines == [
                "MSH|^~\\&|YL|N1|LIS^1&2|H1|20260101080000+0800||ACK^R01^ACK|A-1|P|2.5.1", "MSA|AA|M-7",
            ])
    }

    @Test func anErrorNamesSegmentFieldCodeAndReason() throws {
        let bytes = Self.acknowledgement(.applicationError, [Self.problem]).bytes(answering: try Self.message())
        let answer = try HL7Message.parse(bytes, defaultEncoding: .utf8)
        let error = try #require(answer.segment("ERR"))
        #expect(error.field(2).raw == "OBX^3^5^1^2")
        #expect(error.field(3).raw == "101^Required field missing^HL70357")
        #expect(error.field(4).text == "E")
        #expect(error.field(8).text == "a value | is missing")
        #expect(answer.segment("MSA")?.field(1).text == "AE")
        #expect(answer.segment("MSA")?.field(3).text == "OBX[3]-5.2: a value | is missing")
    }

    @Test func versionsBefore25HaveTheOldErrorSegment() throws {
        for version in ["2.3", "2.3.1", "2.4"] {
            let bytes = Self.acknowledgement(.applicationReject, [Self.problem])
                .bytes(answering: try Self.message(version: version))
            let answer = try HL7Message.parse(bytes, defaultEncoding: .utf8)
            let location = try #require(answer.segment("ERR")).field(1).repetition(0)
            #expect(location.component(1).text == "OBX")
            #expect(location.component(3).text == "5")
            #expect(location.component(4).subcomponent(1).text == "101")
            #expect(location.component(4).subcomponent(2).text == "a value | is missing")
            #expect(answer.header.field(9).raw == (version == "2.3" ? "ACK^R01" : "ACK^R01^ACK"))
        }
    }

    @Test(arguments: [
        ("", "", ["AA"], ["AE"], ["AR"]), ("NE", "NE", [], [], []), ("AL", "NE", ["CA"], ["CE"], ["CR"]),
        ("AL", "AL", ["CA", "AA"], ["CE", "AE"], ["CR", "AR"]), ("NE", "ER", [], ["AE"], ["AR"]),
        ("NE", "SU", ["AA"], [], []), ("ER", "SU", ["AA"], ["CE"], ["CR"]), ("SU", "", ["CA"], [], []),
        ("", "AL", ["AA"], ["AE"], ["AR"]), ("??", "NE", ["CA"], ["CE"], ["CR"]),
    ])
    func theSenderChoosesWhichAcknowledgementsItGets(
        accept: String, application: String, accepted: [String], error: [String], rejected: [String]
    ) throws {
        let mode = HL7AcknowledgementMode(of: try Self.message(accept: accept, application: application))
        #expect(mode.codes(for: .accepted).map(\.rawValue) == accepted)
        #expect(mode.codes(for: .error).map(\.rawValue) == error)
        #expect(mode.codes(for: .rejected).map(\.rawValue) == rejected)
    }

    @Test func anEnhancedAnswerAsksForNoAnswer() throws {
        let message = try Self.message(accept: "AL", application: "AL")
        let answer = try HL7Message.parse(
            Self.acknowledgement(.commitAccept).bytes(answering: message), defaultEncoding: .utf8)
        #expect(HL7AcknowledgementMode(of: answer).codes(for: .accepted).isEmpty)
    }

    @Test func theAnswerIsInTheMessagesCharacterSet() throws {
        let text = "MSH|^~\\&|检验|县医院|||20260101||ORU^R01|1|P|2.5.1||||||GB18030\r"
        let message = try HL7Message.parse(try HL7Encoding.gb18030.encode(text), defaultEncoding: .utf8)
        var problem = Self.problem
        problem.text = "缺少结果值"
        let bytes = Self.acknowledgement(.applicationError, [problem]).bytes(answering: message)
        let answer = try HL7Message.parse(bytes, defaultEncoding: .utf8)
        #expect(answer.encoding == .gb18030)
        #expect(answer.header.field(5).text == "检验")
        #expect(answer.segment("ERR")?.field(8).text == "缺少结果值")
    }

    @Test func aReasonThatCannotBeWrittenIsLeftOutAndItsCodeStays() throws {
        let message = try Self.message(tail: "||8859/1")
        var problem = Self.problem
        problem.text = "缺少结果值"
        let bytes = Self.acknowledgement(.applicationError, [problem]).bytes(answering: message)
        let answer = try HL7Message.parse(bytes, defaultEncoding: .latin1)
        #expect(answer.segment("ERR")?.field(3).component(1).text == "101")
        #expect(answer.segment("ERR")?.field(8).isEmpty == true)
    }

    @Test func aMessageThatCannotBeDecodedIsAnsweredWithItsOwnBytes() throws {
        let name: [UInt8] = [0xD5, 0xC5]
        let bytes = Array("MSH|^~\\&|".utf8) + name + Array("|H|||20260101||ORU^R01|C-9|P|2.5.1\rPID|".utf8) + [0xFF]
        #expect(throws: Failure("hl7.undecodable", "")) { try HL7Message.parse(bytes, defaultEncoding: .utf8) }
        let header = try #require(HL7Message.headerAlone(of: bytes))
        let answer = Self.acknowledgement(.applicationReject).bytes(answering: header)
        #expect(String(decoding: answer, as: UTF8.self).contains("MSA|AR|C-9"))
        #expect(answer.firstRange(of: Array("||".utf8)) != nil)
        #expect(answer.firstRange(of: name + Array("|H".utf8)) != nil)
    }

    @Test func whatIsNoMessageAtAllIsAnsweredToo() throws {
        let answer = try HL7Message.parse(
            Self.acknowledgement(.applicationReject).bytes(answering: nil), defaultEncoding: .utf8)
        #expect(answer.segment("MSA")?.field(1).text == "AR")
        #expect(answer.messageCode == "ACK")
    }

    @Test(arguments: [("P", ProcessingMode.production), ("T", .training), ("D^T", .debugging), ("", .production)])
    func processingModesAreRead(text: String, mode: ProcessingMode) throws {
        let message = try HL7Message.parse(
            Array("MSH|^~\\&|A|B|||1||ORU^R01|1|\(text)|2.5".utf8), defaultEncoding: .utf8)
        #expect(message.processingMode == mode)
    }

    @Test func anUnknownProcessingModeIsNone() throws {
        let message = try HL7Message.parse(
            Array("MSH|^~\\&|A|B|||1||ORU^R01|1|Q|2.5".utf8), defaultEncoding: .utf8)
        #expect(message.processingMode == nil)
    }
}
