import MessageCorpus
import Recognition
import ServiceKit
import Testing

@testable import Edge

/// The inputs of `MessageCorpus/Cases` that are about which result, which version and which lines, from the bytes on.
@Suite("Inputs that went wrong: what is found after them") struct EdgeCaseResultTests {
    /// A pair of messages, and what stands afterwards.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var patient: String
        /// One text a result: its lines that stand, and `|` with its conclusion where it has one.
        var results: Set<String>
        /// What the sender of the last message is told.
        var notices: [PublishNotice.Code] = []
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "116-one-accession-two-panels", patient: "HN116", results: ["6690-2=15.5 718-7=98", "1988-5=86.2"]),
        Case(name: "117-late-p-after-f", patient: "HN117", results: ["2823-3=6.8"], notices: [.older]),
        Case(name: "118-x-then-f", patient: "HN118", results: ["2823-3=6.8"], notices: [.lifted]),
        Case(name: "140-same-ctrl-no-order", patient: "HN140", results: ["6690-2=15.5", "6690-2=5.5"]),
        Case(name: "163-status-only", patient: "HN163", results: ["6690-2=15.5"]),
        Case(name: "164-delete-one-only", patient: "HN164", results: ["6690-2=15.5"]),
        Case(name: "165-correct-one-only", patient: "HN165", results: ["6690-2=15.5 718-7=128"]),
    ]

    @Test("of two messages about one order everything stands that should", arguments: cases)
    func pairs(_ item: Case) async throws {
        let fixture = try await EdgeFixture.open()
        var last: IntakeResult?
        for number in 1...2 {
            last = await fixture.intake.take(
                try EdgeCases.bytes("\(item.name)-\(number).hl7"), principal: fixture.principal)
            #expect(last?.outcome == .accepted)
        }
        #expect(last?.records.flatMap(\.notices).map(\.code) == item.notices.map(\.rawValue))
        let number = PatientIdentifier(type: "MR", authority: "HUNT", value: item.patient)
        let found = try await found(number, by: EdgeFixture.unit, in: fixture)
        #expect(Set(found) == item.results && found.count == item.results.count)
    }

    @Test("a conclusion that was sent in error concludes nothing, and the findings stay")
    func withdrawnConclusion() async throws {
        let fixture = try await EdgeFixture.open()
        _ = await fixture.intake.take(try EdgeCases.bytes("155-deleted-conclusion.hl7"), principal: fixture.principal)
        let number = PatientIdentifier(type: "MR", authority: "HUNT", value: "HN155")
        #expect(try await found(number, by: EdgeFixture.unit, in: fixture) == ["GDT=两肺纹理清晰"])
    }

    @Test("a number without its issuer is found by the institution that sent it, and by nobody else")
    func bareNumber() async throws {
        let fixture = try await EdgeFixture.open()
        _ = await fixture.intake.take(try EdgeCases.bytes("141-bare-mrn.hl7"), principal: fixture.principal)
        let number = PatientIdentifier(type: "PI", authority: "", value: "880141")
        #expect(try await found(number, by: EdgeFixture.unit, in: fixture) == ["2823-3=6.8"])
        #expect(try await found(number, by: "city-unit", in: fixture) == [])
    }

    private func found(
        _ number: PatientIdentifier, by unit: String, in fixture: EdgeFixture
    ) async throws -> [String] {
        let service = try fixture.node.service(RecognitionService.self)
        let findings = try await service.find(
            Asking(practitioner: "doctor", organizationUnit: unit, purpose: .treatment, order: "O-1"),
            about: [number])
        var texts: [String] = []
        for summary in findings.answer.summaries {
            #expect(!summary.isVoid)
            let content = try await service.open(summary.entry, statement: findings.statement).content
            let lines = content.standingObservations.map { "\($0.code.code)=\($0.value)" }.joined(separator: " ")
            texts.append(lines + (content.conclusion.map { "|" + $0 } ?? ""))
        }
        return texts
    }
}
