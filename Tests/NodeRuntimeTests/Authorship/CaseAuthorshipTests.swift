import Effects
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
import Testing
import WorkflowKit
import YilianTestKit

/// Whatever the workflow: a township with a valid key makes a case for a unit of others, and goes on with it.
@Suite("A case of any workflow is made for a unit that delivers", .serialized)
struct CaseAuthorshipTests {
    private static let workflows = ServiceList.all.compactMap { $0 as? any WorkflowOffer.Type }.flatMap { $0.workflows }

    @Test func `nobody makes a case for another node's unit, and what follows from it counts for nothing`()
        async throws
    {
        try await TestRegion.run(.small) { region in
            #expect(Self.workflows.count > 2)
            var thief = HostileNode(try region.node("jucheng"))
            for workflow in Self.workflows {
                // The events come with the case, or before it.
                try await Self.attack(workflow, &thief, region, isEarly: false)
                try await Self.attack(workflow, &thief, region, isEarly: true)
            }
            // A refold judges the same.
            let parent = try region.node("pingding").node.context.ledger
            let before = try await parent.setAsideRows(limit: 2_000).map(\.entry).sorted()
            _ = try await parent.refold()
            #expect(try await parent.setAsideRows(limit: 2_000).map(\.entry).sorted() == before)
        }
    }

    private static func attack<W: Workflow>(
        _ workflow: W.Type, _ thief: inout HostileNode, _ region: TestRegion, isEarly: Bool
    ) async throws {
        let author = try region.node("jucheng").node.context
        let parent = try region.node("pingding").node.context
        let units = author.region.current.organizationUnits.filter { $0.node != author.node }
        let names = units.map(\.id.rawValue) + units.compactMap(\.institution?.rawValue)
        #expect(names.count > 3)
        for (index, name) in names.enumerated() {
            let place: Comment = "\(W.table.name) for \(name)\(isEarly ? ", its events first" : "")"
            let id = try CaseID<W>("\(author.node).T\(index)\(isEarly ? "E" : "L")")
            let first = thief.nextID(lane: .clinical).batch
            let creation = EntryID(
                batch: BatchIdentity(chain: first.chain, sequence: first.sequence + (isEarly ? 1 : 0)), index: 0)
            let made = [try made(id, for: name, at: author)]
            let events = try W.table.events.map { try event($0, id, at: author, after: creation) }
            for entries in isEarly ? [events, made] : [made + events] {
                let receipt = try await thief.deliver(entries, to: parent.node, lane: .clinical)
                #expect(receipt.refusals.isEmpty, place)
            }
            let rows = try await parent.ledger.setAsideRows(limit: 2_000)
            let reasons = rows.filter { [first, creation.batch].contains($0.entry.batch) }.map {
                ($0.entry == creation, $0.reason)
            }
            #expect(reasons.count == 1 + events.count, place)
            #expect(reasons.filter(\.0).map(\.1) == ["author.notDelivered"], place)
            #expect(reasons.allSatisfy { $0.1.hasPrefix(AuthorRule.codePrefix) }, place)
            #expect(try await parent.ledger.read { try CaseTable<W>.record(id, in: $0) } == nil, place)
        }
    }

    private static func made<W: Workflow>(
        _ id: CaseID<W>, for unit: String, at author: NodeContext
    ) throws -> HostileEntry {
        let home = W.table.creation.firstHome(author.node, author.tree) ?? author.node
        var fields = CaseFields<W>(
            id: id, home: W.table.attempts == nil ? home : author.node, terms: try W.Terms(bytes: []))
        fields.organizationUnit = unit
        return HostileEntry(
            kind: W.table.creation.kind, subject: id.description, fields: try fields.encoded(),
            headerAudience: W.table.creation.headerAudience)
    }

    /// As the author would write it as the home, and on the spot.
    private static func event<W: Workflow>(
        _ rule: EventRule<W>, _ id: CaseID<W>, at author: NodeContext, after cause: EntryID
    ) throws -> HostileEntry {
        var fields = CaseFields<W>(id: id, home: author.node, terms: try W.Terms(bytes: []))
        fields.attempt = 1
        fields.number = 1
        fields.actor = "doctor"
        fields.actorNode = author.node
        fields.follows = cause
        if rule.handover != nil { fields.nextHome = author.node }
        return HostileEntry(
            kind: rule.kind, subject: id.description, causes: [cause], fields: try fields.encoded(),
            headerAudience: rule.headerAudience)
    }
}
