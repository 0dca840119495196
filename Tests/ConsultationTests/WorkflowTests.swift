import Effects
import Foundation
import Testing
import WorkflowKit

@testable import Consultation

struct WorkflowTests {
    /// What is allowed, written a second time by hand.
    private static let allowed: [String: ConsultationState] = [
        "requested opened home": .opened, "requested opened dispatcher": .opened,
        "opened offered home": .offered, "opened escalated home": .escalated, "opened withdrawn home": .withdrawn,
        "offered claimed claimant": .claimed, "offered escalated home": .escalated,
        "offered withdrawn home": .withdrawn, "claimed reported claimant": .reported,
        "claimed escalated home": .escalated, "escalated reported claimant": .reported,
        "reported reported claimant": .reported, "reported acknowledged requester": .acknowledged,
        "acknowledged reported claimant": .reported,
    ]

    @Test(arguments: ConsultationState.allCases, ConsultationEvent.allCases)
    func `every event by every role in every state leads where the table says, or is refused`(
        state: ConsultationState, event: ConsultationEvent
    ) {
        for role in ConsultationRole.allCases {
            let expected = Self.allowed["\(state.rawValue) \(event.rawValue) \(role.rawValue)"]
            #expect(ConsultationWorkflow.table.state(after: state, event, by: role) == expected, "\(role)")
        }
    }

    @Test func `the table has no line twice and every state can be reached`() {
        let keys = ConsultationWorkflow.table.transitions.map { "\($0.from) \($0.event) \($0.role)" }
        #expect(Set(keys).count == keys.count)
        #expect(keys.count == Self.allowed.count)
        let reached = Set(ConsultationWorkflow.table.transitions.map(\.to)).union([ConsultationWorkflow.table.initial])
        #expect(reached == Set(ConsultationState.allCases))
    }

    @Test func `the documentation shows the table and the diagram of the code`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appendingPathComponent("docs/consultation.md").path
        let text = String(decoding: try SystemDisk().read(path, limitBytes: 1 << 20), as: UTF8.self)
        #expect(text.contains(ConsultationWorkflow.table.markdownTable()))
        #expect(text.contains("```mermaid\n" + ConsultationWorkflow.table.mermaidDiagram() + "```"))
    }

    @Test func `the table is sane, and kinds and events name each other`() {
        let table = ConsultationWorkflow.table
        #expect(table.problems() == [])
        for event in ConsultationEvent.allCases { #expect(table.event(of: table.rule(of: event).kind) == event) }
        #expect(table.event(of: .consultationRequest) == nil)
        #expect(table.events.map(\.kind.rawValue).sorted() == Array(201...207))
    }

    @Test func `every fault has a code of its own, and each is in the catalogue`() {
        let codes = CaseFault.allCases.map(ConsultationWorkflow.table.code(of:))
        #expect(Set(codes).count == codes.count)
        #expect(Set(codes).isSubset(of: ConsultationService.failures.map(\.code)))
    }
}
