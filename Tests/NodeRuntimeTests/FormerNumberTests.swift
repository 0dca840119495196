import Recognition
import ServiceKit
import Testing
import YilianTestKit

/// A number that was given up may be another person's now.
@Suite("A result under an identifier that is no longer in use", .serialized)
struct FormerNumberTests {
    private static let old = PatientIdentifier(type: "MR", authority: "HUNT", value: "OLD")

    private static var former: PatientIdentifier {
        PatientIdentifier(type: "MR", authority: "HUNT", value: "OLD", isFormer: true)
    }

    @Test("it is found by it, is nobody's proof, joins nobody, and is not recognised by it unseen")
    func found() async throws {
        try await TestRegion.run(.small) { region in
            let (sender, reader) = (try region.node("jucheng"), try region.node("yuxian"))
            let taken = try await sender.send(Sent(lines: [("1", "K", "6.8", "F")], others: [Self.former]))
            #expect(taken.first?.notices.map(\.code) == [])
            // Whoever has the number now.
            _ = try await sender.send(Sent(number: "F2", lines: [("1", "K", "4.1", "F")], patient: Self.old))
            try await region.waitUntilAcknowledged()
            let own = try await reader.results()
            #expect(own.answer.summaries.map(\.obstacle) == [nil])
            let other = try await reader.results(of: Self.old)
            #expect(Set(other.answer.summaries.map(\.obstacle)) == [nil, "formerIdentifier"])
            #expect(other.answer.person.steps.isEmpty)
            for node in region.allNodes { _ = try await node.node.context.ledger.refold() }
            #expect(try await reader.results(of: Self.old).answer.summaries.count == 2)
        }
    }

    @Test("a patient who has no other is taken, and the sender is told")
    func alone() async throws {
        try await TestRegion.run(.small) { region in
            let node = try region.node("jucheng")
            let taken = try await node.send(Sent(lines: [("1", "K", "6.8", "F")], patient: Self.former))
            #expect(taken.first?.notices.map(\.code) == [.formerIdentifiers])
            #expect(try await node.results(of: Self.old).answer.summaries.map(\.obstacle) == ["formerIdentifier"])
        }
    }
}
