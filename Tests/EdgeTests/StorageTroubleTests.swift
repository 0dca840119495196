import Effects
import FHIR
import Testing

@testable import Edge

@Suite("When the node cannot keep a message")
struct StorageTroubleTests {
    private struct Odd: Error {}

    private static let troubles: [any Error] = [
        Failure("ledger.overloaded", "too many commands wait for the disk"), Failure("storage.full", "full"),
        Failure("storage.broken", "broken"), Failure("patientKey.noSecret", "none"), CancellationError(),
    ]

    @Test(arguments: troubles.indices) func nothingIsEverAcknowledged(_ index: Int) async throws {
        let fixture = try await EdgeFixture.open()
        let intake = try fixture.intake { $0.publish = { _, _, _ in throw Self.troubles[index] } }
        let message = await intake.take(ORU.bytes(), principal: fixture.principal)
        #expect(message.outcome == .notStored)
        #expect(message.codes == ["AE"])
        #expect(message.text.contains("try again"))
        let resource = await intake.take(
            try Files.one("fhir/yuxian-03-single-liver-function.json"), principal: fixture.principal)
        #expect(resource.outcome == .notStored)
        #expect(FHIRDesk.status(of: resource) == 503)
        #expect(try FHIRResource.parse(resource.answer).type == "OperationOutcome")
    }

    @Test(arguments: troubles.indices) func norWhereTheStoredAnswerCannotBeRead(_ index: Int) async throws {
        let fixture = try await EdgeFixture.open()
        var intake = fixture.intake
        let error = Self.troubles[index]
        intake.storedAnswer = { _ in throw error }
        #expect(await intake.take(ORU.bytes(), principal: fixture.principal).codes == ["AE"])
    }

    @Test("what would fail again is never answered 'try again'", arguments: [0, 1, 2])
    func refusedForGood(_ index: Int) async throws {
        let errors: [any Error] = [
            Failure("recognition.tooManyReports", "too many"), Failure("wire.badValue", "odd"), Odd(),
        ]
        let fixture = try await EdgeFixture.open()
        let intake = try fixture.intake { $0.publish = { _, _, _ in throw errors[index] } }
        let message = await intake.take(ORU.bytes(), principal: fixture.principal)
        #expect(message.outcome == .refused)
        #expect(message.codes == ["AE"])
        #expect(!message.text.contains("try again"))
        let resource = await intake.take(
            try Files.one("fhir/yuxian-03-single-liver-function.json"), principal: fixture.principal)
        #expect(resource.outcome == .refused)
        #expect(FHIRDesk.status(of: resource) == (index == 0 ? 422 : 500))
    }

    @Test func anEntryThatTheLedgerFindsTooLargeIsRefused() async throws {
        let fixture = try await EdgeFixture.open()
        let intake = try fixture.intake {
            $0.publish = { _, _, _ in throw Failure("ledger.tooLarge", "the entry is larger than 5 bytes") }
        }
        let result = await intake.take(ORU.bytes(), principal: fixture.principal)
        #expect(result.outcome == .refused)
        #expect(result.text.contains("5 bytes"))
    }
}
