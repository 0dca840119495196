import Effects
import HL7
import Ledgers
import MessageCorpus
import Recognition
import ServiceKit
import Testing
import Wire

@testable import Edge

/// Inputs of `Tests/MessageCorpus/Cases` that need the node that takes them: two messages about one result, and what their
/// senders are told.
@Suite("HL7 v2: messages about one result")
struct EdgeCaseIntakeTests {
    private struct Taken {
        var fixture: EdgeFixture
        var results: [IntakeResult]
        /// The result that is found for the patient after the last message, in its standing versions.
        var standing: [ReportContent]
        var summaries: [ReportSummary]
    }

    private static func take(_ names: String..., patient: String) async throws -> Taken {
        let fixture = try await EdgeFixture.open()
        var results: [IntakeResult] = []
        for name in names {
            let result = await fixture.intake.take(try EdgeCases.bytes(name), principal: fixture.principal)
            #expect(result.codes == ["AA"], "\(name): \(result.text)")
            results.append(result)
        }
        let asking = Asking(practitioner: "doctor", organizationUnit: "", purpose: .treatment, order: "O-1")
        let person = PatientIdentifier(type: "MR", authority: "HUNT", value: patient)
        let found = try await fixture.node.service(RecognitionService.self).find(asking, about: [person])
            .answer.summaries
        var standing: [ReportContent] = []
        for summary in found { standing.append(try await fixture.content(summary.entry)) }
        return Taken(fixture: fixture, results: results, standing: standing, summaries: found)
    }

    private static func values(_ report: ReportContent?) -> [String: String] {
        let lines = (report?.standingObservations ?? []).map { ($0.code.code, $0.value) }
        return Dictionary(lines) { first, _ in first }
    }

    @Test func anotherServiceOfOneNumberIsAnotherResult() async throws {
        let taken = try await Self.take(
            "116-one-accession-two-panels-1.hl7", "116-one-accession-two-panels-2.hl7", patient: "HN116")
        #expect(Set(taken.results.flatMap(\.records).map(\.key)).count == 2)
        #expect(taken.standing.count == 2)
        #expect(taken.standing.contains { Self.values($0) == ["6690-2": "15.5", "718-7": "98"] })
        #expect(taken.standing.contains { Self.values($0) == ["1988-5": "86.2"] })
    }

    @Test func aPreliminaryThatArrivesLateHidesNoFinal() async throws {
        let taken = try await Self.take("117-late-p-after-f-1.hl7", "117-late-p-after-f-2.hl7", patient: "HN117")
        #expect(taken.standing.map(\.status) == [.final])
        #expect(Self.values(taken.standing.first) == ["2823-3": "6.8"])
        #expect(taken.results.last?.text.contains("|W|older|") == true)
        #expect(taken.results.last?.warnings.isEmpty == false)
    }

    @Test func aFinalLiftsAVoidThatWasIssuedBefore() async throws {
        let taken = try await Self.take("118-x-then-f-1.hl7", "118-x-then-f-2.hl7", patient: "HN118")
        #expect(taken.summaries.map(\.isVoid) == [false])
        #expect(Self.values(taken.standing.first) == ["2823-3": "6.8"])
        #expect(taken.results.last?.text.contains("|W|lifted|") == true)
    }

    @Test func aStatusAloneEmptiesNothing() async throws {
        let taken = try await Self.take("163-status-only-1.hl7", "163-status-only-2.hl7", patient: "HN163")
        #expect(taken.standing.map(\.status) == [.final])
        #expect(Self.values(taken.standing.first) == ["6690-2": "15.5"])
    }

    @Test func aDeletedLineTakesItselfBackAlone() async throws {
        let taken = try await Self.take("164-delete-one-only-1.hl7", "164-delete-one-only-2.hl7", patient: "HN164")
        #expect(taken.summaries.map(\.isVoid) == [false])
        #expect(Self.values(taken.standing.first) == ["6690-2": "15.5"])
        #expect(taken.standing.first?.observations.filter(\.isWithdrawn).map(\.code.code) == ["718-7"])
    }

    @Test func aCorrectedLineReplacesItselfAlone() async throws {
        let taken = try await Self.take("165-correct-one-only-1.hl7", "165-correct-one-only-2.hl7", patient: "HN165")
        #expect(taken.standing.map(\.status) == [.corrected])
        #expect(Self.values(taken.standing.first) == ["6690-2": "15.5", "718-7": "128"])
    }

    @Test func withoutANumberEachMessageIsAResultOfItsOwn() async throws {
        let taken = try await Self.take(
            "140-same-ctrl-no-order-1.hl7", "140-same-ctrl-no-order-2.hl7", patient: "HN140")
        #expect(taken.standing.count == 2)
        #expect(Set(taken.standing.map { Self.values($0)["6690-2"] }) == ["15.5", "5.5"])
        #expect(taken.results.allSatisfy { $0.warnings.contains { $0.place == "OBR-3.1" } })
        let again = await taken.fixture.intake.take(
            try EdgeCases.bytes("140-same-ctrl-no-order-1.hl7"), principal: taken.fixture.principal)
        #expect(again.outcome == .duplicate)
        #expect(again.answer == taken.results.first?.answer)
    }

    @Test func aSenderOfAnOldVersionIsWarnedToo() async throws {
        let fixture = try await EdgeFixture.open()
        let text = String(decoding: try EdgeCases.bytes("149-obx-before-obr.hl7"), as: UTF8.self)
        let old = Array(text.replacing("|P|2.8|", with: "|P|2.4|").utf8)
        let first = await fixture.intake.take(old, principal: fixture.principal)
        #expect(first.codes == ["AA"])
        #expect(first.text.contains("&warning: no OBR stands before this OBX"))
        let again = await fixture.intake.take(old, principal: fixture.principal)
        #expect(again.warnings == first.warnings)
        #expect(again.warnings.map(\.place) == ["OBX"])
    }

    @Test func antibiogramsAreFoundWithTheirOrganism() async throws {
        let taken = try await Self.take("115-micro-parent.hl7", patient: "HN115")
        #expect(Set(taken.standing.map(\.parent?.value)) == [nil, "大肠埃希菌", "金黄色葡萄球菌"])
    }

    @Test(arguments: [("123a-time.hl7", "HN123"), ("C20-old-date.hl7", "HNC20")])
    func aTimeInACommonFormDatesItsReport(name: String, patient: String) async throws {
        let taken = try await Self.take(name, patient: patient)
        let time = try #require(taken.standing.first?.observedTime)
        #expect(ClinicalTime(time)?.moment() != nil)
        #expect(taken.results.first?.warnings.isEmpty == true)
    }

    @Test func whatAReportSaysIsReadBackThroughTheNode() async throws {
        let units = try await Self.take("112-units-caret.hl7", patient: "HN112")
        #expect(units.standing.first?.observations.map { $0.unit?.code }.contains("mL/min/1.73m^2") == true)
        let text = try await Self.take("101-lf-in-text.hl7", patient: "HN101")
        #expect(text.standing.first?.observations.first?.value == "尿培养 48 小时:\nNEG\n建议复查 中段尿")
        let conclusion = try await Self.take("155-deleted-conclusion.hl7", patient: "HN155")
        #expect(conclusion.standing.map(\.conclusion) == [nil])
        let document = try await Self.take("127-ed-chunks.hl7", patient: "HN127")
        #expect(document.standing.first?.attachments.count == 1)
        let joined = try await Self.take("158-continuation.hl7", patient: "HN158")
        #expect(joined.standing.first?.observations.map(\.value) == ["前半后半"])
    }
}

extension EdgeFixture {
    /// What a version of a report says, as the ledger holds it.
    func content(_ entry: EntryID) async throws -> ReportContent {
        let entry = try #require(try await node.context.ledger.entry(entry))
        return try ReportContent(wireBytes: try #require(entry.payload))
    }
}
