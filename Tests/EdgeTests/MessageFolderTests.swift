import Effects
import FHIR
import HL7
import Recognition
import Testing

@testable import Edge

@Suite("Message folders")
struct MessageFolderTests {
    @Test func everyMessageOfTheDemoIsAccepted() async throws {
        let fixture = try await EdgeFixture.open()
        let files = try Files.all(in: Files.demo + "/hl7v2") + Files.all(in: Files.demo + "/fhir")
        #expect(files.count >= 35)
        for file in files {
            let looked = await fixture.intake.look(file.bytes, principal: fixture.principal)
            let taken = await fixture.intake.take(file.bytes, principal: fixture.principal)
            #expect(taken.outcome == .accepted || taken.outcome == .duplicate, "\(file): \(taken.problems)")
            #expect(looked.outcome == taken.outcome || taken.outcome == .duplicate, "\(file)")
            let isRepeat = file.name.contains("repeated")
            #expect((taken.outcome == .duplicate) == isRepeat, "\(file)")
        }
    }

    @Test func everySampleIsAcceptedInAFreshRegion() async throws {
        guard !Files.areSamplesMissing(), let samples = Files.samples else { return }
        let files =
            try Files.all(in: samples + "/hl7v2", ending: ".hl7")
            + Files.all(in: samples + "/fhir", ending: ".fhir")
        #expect(!files.isEmpty)
        for file in files {
            let fixture = try await EdgeFixture.open()
            let taken = await fixture.intake.take(file.bytes, principal: fixture.principal)
            #expect(taken.outcome == .accepted, "\(file): \(taken.problems)")
            #expect(taken.records.count == taken.recordCount && taken.recordCount > 0, "\(file)")
        }
    }

    /// What the conformance page lets pass although something is odd.
    private static let taken: Set<String> = [
        "broken-base64.hl7", "impossible-birth-date.hl7", "unknown-result-status.hl7", "wrong-checksum.hl7",
        "number-as-string.json", "wrong-checksum.json", "no-status.json", "unknown-status.json", "truncated.hl7",
        "no-subject.json",
    ]

    @Test func everyWrongMessageIsAnsweredAndPublishesNothing() async throws {
        let fixture = try await EdgeFixture.open()
        let files = try Files.all(in: Files.demo + "/bad")
        #expect(files.count >= 25)
        for file in files {
            let result = await fixture.intake.take(file.bytes, principal: fixture.principal)
            let isRefused = result.outcome == .refused
            #expect(isRefused != Self.taken.contains(file.name), "\(file): \(result.outcome) \(result.problems)")
            guard isRefused else { continue }
            #expect(result.records.isEmpty)
            #expect(!result.problems.isEmpty, "\(file)")
            if result.form == .hl7v2 {
                #expect(result.codes == ["AE"] || result.codes == ["AR"], "\(file): \(result.text)")
                #expect(result.text.contains("\rERR|"), "\(file)")
            } else {
                let resource = try FHIRResource.parse(result.answer)
                #expect(resource.type == "OperationOutcome")
                #expect(resource.id == result.correlation)
                #expect((400..<500).contains(FHIRDesk.status(of: result)))
            }
        }
    }

    @Test(arguments: [
        ("bad/no-control-id.hl7", "AE", "MSH^1^10"), ("bad/no-patient-identifier.hl7", "AE", "PID^1^3"),
        ("bad/not-a-result.hl7", "AR", "MSH^1^9"), ("bad/wrong-encoding.hl7", "AR", "MSH^1^18"),
        ("bad/unknown-character-set.hl7", "AR", "MSH^1^18"), ("bad/no-header.hl7", "AR", "MSH^1"),
    ])
    func refusalsNameSegmentFieldAndReason(_ name: String, _ code: String, _ place: String) async throws {
        let fixture = try await EdgeFixture.open()
        let result = await fixture.intake.take(try Files.one(name), principal: fixture.principal)
        #expect(result.codes == [code])
        #expect(result.text.contains("ERR||\(place)"), "\(result.text)")
    }
}
