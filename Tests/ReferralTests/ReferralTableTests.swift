import Effects
import Foundation
import Referral
import Testing
import WorkflowKit

struct ReferralTableTests {
    /// What is allowed, written a second time by hand: by whom, from where, to where.
    private static let allowed: [String: [String]] = [
        "offered keeper offered": ["drafted"],
        "rerouted keeper offered": ["offered", "questioned", "declined", "accepted"],
        "accepted receiver accepted": ["offered"], "declined receiver declined": ["offered"],
        "questioned receiver questioned": ["offered"], "answered keeper offered": ["questioned"],
        "arrived receiver arrived": ["offered", "accepted", "notArrived"], "notArrived home notArrived": ["accepted"],
        "admitted keeper admitted": ["arrived"], "discharged keeper discharged": ["arrived", "admitted"],
        "downOffered keeper downOffered": ["discharged"], "downTaken receiver downTaken": ["downOffered"],
        "downDeclined receiver discharged": ["downOffered"],
        "followedUp keeper followedUp": ["downTaken", "lost", "followedUp"], "lost home lost": ["downTaken"],
        "closed keeper closed": ["notArrived", "discharged", "lost", "followedUp"],
        "withdrawn keeper withdrawn": ["drafted", "offered", "questioned", "declined"],
    ]

    @Test func `the table allows what is written here, and nothing else`() {
        let lines = ReferralWorkflow.table.transitions.map {
            "\($0.from.rawValue) \($0.event.rawValue) \($0.role.rawValue) \($0.to.rawValue)"
        }
        let expected = Self.allowed.flatMap { line, states in states.map { "\($0) \(line)" } }
        #expect(Set(lines) == Set(expected) && lines.count == expected.count)
    }

    @Test func `every fault has a code of its own, and each is in the catalogue`() {
        let codes = CaseFault.allCases.map(ReferralWorkflow.table.code(of:))
        #expect(Set(codes).count == codes.count)
        #expect(Set(codes).isSubset(of: ReferralService.failures.map(\.code)))
    }

    @Test(arguments: ["docs/referral.md", "docs/referral.zh-CN.md"])
    func `the pages show the table, the diagram and the timers of the code`(page: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = String(
            decoding: try SystemDisk().read(root.appendingPathComponent(page).path, limitBytes: 1 << 20), as: UTF8.self)
        #expect(text.contains(ReferralWorkflow.table.markdownTable()))
        #expect(text.contains("```mermaid\n" + ReferralWorkflow.table.mermaidDiagram() + "```"))
        #expect(text.contains(ReferralWorkflow.table.markdownTimers()))
    }
}
