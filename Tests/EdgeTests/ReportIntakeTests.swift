import Effects
import HL7
import Recognition
import ServiceKit
import Testing

@testable import Edge

@Suite("Report intake, HL7 v2")
struct ReportIntakeTests {
    @Test func whatIsAcceptedIsPublished() async throws {
        let fixture = try await EdgeFixture.open()
        let result = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        #expect(result.outcome == .accepted)
        #expect(result.codes == ["AA"])
        #expect(result.records.map(\.word) == ["accepted"])
        #expect(result.controlID == "M1")
        #expect(try await fixture.node.service(RecognitionService.self).counts().versions == 1)
    }

    @Test func theSameMessageGetsTheSameAnswerByteForByte() async throws {
        let fixture = try await EdgeFixture.open()
        let first = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        let second = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        #expect(second.outcome == .duplicate)
        #expect(second.answer == first.answer)
        #expect(try await fixture.node.service(RecognitionService.self).counts().versions == 1)
    }

    @Test func theSameIDWithOtherBytesIsJudgedOnItsContent() async throws {
        let fixture = try await EdgeFixture.open()
        _ = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        let changed = await fixture.intake.take(ORU.bytes(value: "0.60"), principal: fixture.principal)
        #expect(changed.records.map(\.word) == ["newVersion"])
        #expect(changed.records.map(\.version) == [2])
        let other = await fixture.intake.take(ORU.bytes(filler: "F2"), principal: fixture.principal)
        #expect(other.records.map(\.word) == ["accepted"])
        let sameContent = Array(ORU.text(value: "0.60", lineEnd: "\r\n").utf8)
        let known = await fixture.intake.take(sameContent, principal: fixture.principal)
        #expect(known.outcome == .duplicate)
        #expect(known.codes == ["AA"])
        // The first value again, in other bytes and of the same time, is what the house said last.
        let again = await fixture.intake.take(Array(ORU.text(lineEnd: "\r\n").utf8), principal: fixture.principal)
        #expect(again.records.map(\.word) == ["newVersion"])
        #expect(again.records.map(\.version) == [3])
    }

    @Test func theSameIDOfAnotherSenderIsAnotherMessage() async throws {
        let fixture = try await EdgeFixture.open()
        let text = ORU.text(filler: "F9")
        let first = await fixture.intake.take(Array(text.utf8), principal: fixture.principal)
        let other = text.replacing("|LIS|", with: "|PACS|")
        let second = await fixture.intake.take(Array(other.utf8), principal: fixture.principal)
        #expect(second.answer != first.answer)
        #expect(second.text.contains("|PACS|"))
    }

    @Test func aCorrectionThatComesAloneFindsItsOwnReport() async throws {
        let fixture = try await EdgeFixture.open()
        func message(_ id: String, _ groups: [(code: String, value: String, status: String)]) -> [UInt8] {
            let header = ORU.text(id: id).split(separator: "\r").prefix(2).map { $0 + "\r" }.joined()
            let body = groups.enumerated().map { index, group in
                "OBR|\(index + 1)||F1|\(group.code)^\(group.code)^L|||20261119081500+0800|||||||||||||||"
                    + "20261119085900+0800||LAB|\(group.status)\r"
                    + "OBX|1|NM|\(group.code)^\(group.code)^L||\(group.value)|mmol/L|||||\(group.status)\r"
            }.joined()
            return Array((header + body).utf8)
        }
        let first = await fixture.intake.take(
            message("M1", [("A", "1", "F"), ("B", "2", "F")]), principal: fixture.principal)
        #expect(Set(first.records.map(\.key)).count == 2)
        let corrected = await fixture.intake.take(message("M2", [("B", "3", "C")]), principal: fixture.principal)
        #expect(corrected.records.map(\.word) == ["newVersion"])
        #expect(corrected.records.first?.key == first.records.last?.key)
        let again = await fixture.intake.take(
            message("M3", [("A", "1", "F"), ("B", "3", "C")]), principal: fixture.principal)
        #expect(again.records.map(\.word) == ["duplicate", "duplicate"])
        let void = await fixture.intake.take(message("M4", [("B", "3", "X")]), principal: fixture.principal)
        #expect(void.records.map(\.word) == ["voided"])
        #expect(void.records.first?.key == first.records.last?.key)
    }

    @Test func whatIsVoidedStaysVoid() async throws {
        let fixture = try await EdgeFixture.open()
        _ = await fixture.intake.take(ORU.bytes(), principal: fixture.principal)
        let void = await fixture.intake.take(
            ORU.bytes(id: "M2", status: "X", resultStatus: "W"), principal: fixture.principal)
        #expect(void.records.map(\.word) == ["voided"])
        let late = await fixture.intake.take(ORU.bytes(id: "M3", value: "0.7"), principal: fixture.principal)
        #expect(late.records.map(\.word) == ["voided"])
    }

    private static let card = "149900196203040025^^^^NI"

    @Test(arguments: [("", "F1"), (Self.card, "F1")])
    func aVoidUnderAnIdentifierThatLedNothingFindsItsReport(_ lead: String, _ filler: String) async throws {
        let fixture = try await EdgeFixture.open()
        let both = [lead, "P1^^^HOSPITAL^PI", "M7^^^HOSPITAL^MR"].filter { !$0.isEmpty }.joined(separator: "~")
        let first = await fixture.intake.take(
            Array(ORU.text(filler: filler, patient: both).utf8), principal: fixture.principal)
        #expect(first.records.map(\.word) == ["accepted"])
        let void = await fixture.intake.take(
            Array(ORU.text(id: "M2", filler: filler, status: "X", resultStatus: "X", patient: "M7^^^HOSPITAL^MR").utf8),
            principal: fixture.principal)
        #expect(void.records.map(\.word) == ["voided"])
        #expect(void.records.first?.key == first.records.first?.key)
        // Another order of the same person is another report.
        let other = await fixture.intake.take(
            Array(ORU.text(id: "M3", filler: "F9", patient: "M7^^^HOSPITAL^MR").utf8), principal: fixture.principal)
        #expect(other.records.map(\.word) == ["accepted"])
    }

    @Test func aVoidThatOvertookItsResultVoidsIt() async throws {
        let fixture = try await EdgeFixture.open()
        let void = await fixture.intake.take(
            Array(ORU.text(status: "X", resultStatus: "X", patient: "M7^^^HOSPITAL^MR").utf8),
            principal: fixture.principal)
        #expect(void.records.map(\.word) == ["voided"])
        let both = Self.card + "~P1^^^HOSPITAL^PI~M7^^^HOSPITAL^MR"
        let late = await fixture.intake.take(
            Array(ORU.text(id: "M2", patient: both).utf8), principal: fixture.principal)
        #expect(late.records.map(\.word) == ["voided"])
        #expect(late.records.first?.key == void.records.first?.key)
    }

    @Test func trainingAndDebuggingAreTakenAndNotRecognisable() async throws {
        let fixture = try await EdgeFixture.open()
        for (index, mode) in ["T", "D"].enumerated() {
            let text = ORU.text(id: "M\(index)", filler: "F\(index)", processing: mode)
            let result = await fixture.intake.take(Array(text.utf8), principal: fixture.principal)
            #expect(result.outcome == .accepted)
            let key = try #require(result.records.first?.key)
            let patient = PatientIdentifier(type: "PI", authority: "HOSPITAL", value: "P1")
            let versions = try await fixture.node.service(RecognitionService.self).versions(
                Asking(practitioner: "doctor", organizationUnit: "", purpose: .treatment, order: "O-1"),
                about: [patient]
            ).answer.summaries.filter { $0.fields.reportKey == key }
            #expect(versions.map(\.isRecognisable) == [false])
            #expect(versions.map(\.obstacle) == ["notProduction"])
        }
    }

    @Test(arguments: [
        ("NE", "NE", [String]()), ("AL", "AL", ["CA", "AA"]), ("AL", "NE", ["CA"]), ("", "ER", []), ("", "", ["AA"]),
    ])
    func acknowledgementsFollowWhatTheSenderAskedFor(_ accept: String, _ application: String, _ codes: [String])
        async throws
    {
        let fixture = try await EdgeFixture.open()
        let bytes = Array(ORU.text(accept: accept, application: application).utf8)
        for _ in 0..<2 {
            let result = await fixture.intake.take(bytes, principal: fixture.principal)
            #expect(result.codes == codes)
            #expect(result.answers.joined().count == result.answer.count)
        }
        #expect(try await fixture.node.service(RecognitionService.self).counts().versions == 1)
    }

    @Test func lookingPublishesNothing() async throws {
        let fixture = try await EdgeFixture.open()
        let looked = await fixture.intake.look(ORU.bytes(), principal: fixture.principal)
        #expect(looked.outcome == .accepted)
        #expect(looked.recordCount == 1)
        #expect(try await fixture.node.service(RecognitionService.self).counts().versions == 0)
        let refused = await fixture.intake.look(try Files.one("bad/no-pid.hl7"), principal: fixture.principal)
        #expect(refused.outcome == .refused)
        #expect(fixture.intake.refusals.refusal(ofMessage: "BAD0001", institution: EdgeFixture.unit) == nil)
    }

    @Test func aBatchIsAnsweredMessageByMessage() async throws {
        let fixture = try await EdgeFixture.open()
        let batch =
            "FHS|^~\\&|LIS\rBHS|^~\\&|LIS\r" + ORU.text(id: "A", filler: "1") + ORU.text(id: "B", filler: "2")
            + "BTS|2\rFTS|1\r"
        let messages = MessageIntake.messages(in: Array(batch.utf8))
        #expect(messages.count == 2)
        for message in messages {
            #expect(await fixture.intake.take(message, principal: fixture.principal).outcome == .accepted)
        }
    }

    @Test func aReportLargerThanAnEntryIsRefusedNamingTheLimit() async throws {
        let fixture = try await EdgeFixture.open()
        let text = ORU.text(value: String(repeating: "x", count: Limits.entryPayloadBytes))
            .replacing("|NM|", with: "|TX|")
        let result = await fixture.intake.take(Array(text.utf8), principal: fixture.principal)
        #expect(result.outcome == .refused)
        #expect(result.fault == .tooLarge)
        #expect(result.codes == ["AE"])
        #expect(result.text.contains("\(Limits.entryPayloadBytes)"))
    }

    @Test func anInstitutionOfAnotherNodeHasNoSource() async throws {
        let fixture = try await EdgeFixture.open()
        #expect(throws: Failure("edge.otherNode", "")) {
            _ = try fixture.intake.principal(named: "x", institution: .unit(.init("foreign-hospital")))
        }
        #expect(throws: Failure("edge.unknownInstitution", "")) {
            _ = try fixture.intake.principal(named: "x", institution: .unit(.init("nobody")))
        }
        #expect(
            try fixture.intake.principal(named: "x", institution: fixture.reference).institution == EdgeFixture.unit)
    }
}
