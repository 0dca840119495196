import Effects
import Inventory
import Ledgers
import Regions
import SQLiteStorage
import ServiceKit
import Storage
import Testing

@testable import InventoryKit

/// The tables follow from the entries alone.
struct TableTests {
    private static let asker = InventoryService.Asker(practitioner: "doctor")

    private static let orders: [SQLText] = [
        "SELECT * FROM inventory_event ORDER BY entry", "SELECT * FROM inventory_hold ORDER BY hold",
        "SELECT * FROM inventory_lot_event ORDER BY entry",
        "SELECT * FROM inventory_unit_event ORDER BY entry, unit",
        "SELECT * FROM inventory_unit ORDER BY inventory, lot, unit",
    ]

    private static func dump(_ store: any Store) async throws -> [[SQLValue]] {
        try await store.read { sql in try Self.orders.flatMap { try sql.rows($0, []).map(\.values) } }
    }

    /// Everything that can become of units, holds and wishes.
    private func course(_ region: InventoryRegion) async throws {
        let (east, hill, moor) = (
            try region.service("east"), try region.service("hill"), try region.service("moor")
        )
        let west = try NodeID("west")
        let asker = Self.asker
        let first = try await region.asking { try await hill.hold("east-beds", for: asker) }
        _ = try await region.asking { try await hill.confirm(first.hold, for: asker) }
        let second = try await region.asking { try await moor.hold("east-beds", for: asker) }
        _ = try await region.asking { try await moor.hold("east-beds", for: asker) }
        let waiting = try await moor.wish("east-beds", for: asker)
        _ = try await hill.wish("east-beds", lot: "none", for: asker)
        try await region.settle()
        _ = try await region.asking { try await moor.release(second.hold, for: asker) }
        try await region.settle()
        #expect(try await moor.show(waiting).state == .held)
        try await region.pass(seconds: SampleRegion.wishSeconds)
        _ = try await region.asking { try await east.release(first.hold, for: asker) }
        let last = try UnitRange(3, 3)
        _ = try await east.allot(last, of: "ward", in: "east-beds", to: west, by: "nurse")
        try await region.settle()
        _ = try await region.asking { try await moor.hold("east-beds", at: west, for: asker) }
        try await region.pass(seconds: SampleRegion.holdSeconds)
        _ = try await region.service("west").giveBack(last, of: "ward", in: "east-beds", by: "nurse")
        try await region.settle()
        _ = try await east.close(last, of: "ward", in: "east-beds", by: "nurse")
        try await region.settle()
        let back = try await hill.wish("east-beds", lot: "none", for: asker)
        try await hill.takeBack(back, for: asker)
        try await region.settle()
    }

    private func entries(of member: InventoryRegion.Member) async throws -> [Entry] {
        var result: [Entry] = []
        for position in try await member.ledger.positions() {
            let start = ChainPosition(chain: position.chain, nextSequence: 0)
            for batch in try await member.ledger.batches(from: start, for: member.context.node, limit: 10_000) {
                result += try member.ledger.inspector.inspect(batch, receivedTime: .epoch).entries
            }
        }
        return result.filter { InventoryProjection(.hospitals).kinds.contains($0.kind) }
    }

    @Test func `entries in any order and twice give the same tables`() async throws {
        try await InventoryRegion.run(beds: 3) { region in
            try await course(region)
            let city = try region["city"]
            let entries = try await entries(of: city)
            let kinds = Set(entries.compactMap { InventoryPlan.hospitals.event(of: $0.kind) })
            #expect(kinds == Set(InventoryEvent.allCases))
            let context = FoldContext(
                node: city.context.node, tree: city.context.tree, suite: city.context.region.suite)
            let random = SeededRandom(seed: 11)
            let expected = try await Self.dump(city.ledger.store)
            #expect(expected.count > 30)
            for round in 0..<25 {
                let store = try SQLiteStore(
                    path: "\(region.folder)/shuffle-\(round).sqlite", world: city.context.world, onBroken: { _ in })
                try await store.migrate(InventoryRegion.projections.migrations)
                var shuffled = entries
                for index in shuffled.indices.reversed() {
                    shuffled.swapAt(index, Int(random.number(below: UInt64(index + 1))))
                }
                let order = shuffled + shuffled.prefix(7)
                try await store.write { sql in
                    for entry in order {
                        try InventoryProjection(.hospitals).fold(entry, in: sql, context: context)
                    }
                }
                #expect(try await Self.dump(store) == expected, "round \(round)")
                try await store.close()
            }
        }
    }

    @Test func `a refold gives the same tables at every node, and tells nobody again`() async throws {
        try await InventoryRegion.run(beds: 3) { region in
            try await course(region)
            for member in region.running {
                let before = try await Self.dump(member.ledger.store)
                try await member.ledger.refold()
                #expect(try await Self.dump(member.ledger.store) == before, "\(member.context.node)")
                let due = try await member.ledger.read { try NoticeTable.due(limit: 9, in: $0) }
                #expect(due.isEmpty, "\(member.context.node)")
            }
        }
    }

    /// Counted inside a transaction that is taken back.
    private struct Counted: Error {
        var steps: [Int]
    }

    @Test func `what an event costs does not grow with what is open`() async throws {
        try await InventoryRegion.run { region in
            try await region.settle()
            let east = try region["east"]
            let hill = try region["hill"].context
            var costs: [[Int]] = []
            for open in [200, 400] {
                do {
                    try await east.ledger.write(lane: .bulk) { transaction -> Void in
                        throw Counted(steps: try Self.cost(open: open, east.context, hill, transaction))
                    }
                } catch let counted as Counted {
                    costs.append(counted.steps)
                }
            }
            #expect(costs.count == 2 && costs[0] == costs[1] && costs[0].count == 4, "\(costs)")
        }
    }

    /// The steps of giving one more unit, of finding what is due, of confirming and of ending a hold where many are open and
    /// many wait.
    private static func cost(
        open: Int, _ east: NodeContext, _ hill: NodeContext, _ transaction: LedgerTransaction
    ) throws -> [Int] {
        let context = FoldContext(node: east.node, tree: east.tree, suite: east.region.suite)
        let now = transaction.now
        var serial: UInt64 = 0
        func entry(_ event: InventoryEvent, _ subject: String, _ fields: [UInt8]) throws -> Entry {
            serial += 1
            let author = event.isStated ? hill.node : east.node
            return Entry(
                id: try EntryID("\(author)/1/clinical/\(serial)/0"), kind: InventoryPlan.hospitals.kind(of: event),
                subject: subject, authorTime: now, receivedTime: now, causes: [], fields: fields, payload: nil,
                hasPayload: false)
        }
        func fold(_ event: InventoryEvent, _ fields: HoldFields) throws -> Int {
            let meter = MeteredTransaction(
                transaction.sql, limit: .max, refusal: Failure("test.never", "there is no limit"))
            try InventoryProjection(.hospitals).fold(
                try entry(event, fields.hold.description, try fields.encoded()), in: meter, context: context)
            return meter.steps
        }
        func hold(_ number: Int, unit: Int) -> HoldFields {
            var fields = HoldFields(
                hold: HoldID(origin: hill.node, serial: "\(number)"), inventory: "east-beds", lot: "ward",
                decider: east.node)
            (fields.unit, fields.number) = (unit, 1)
            fields.until = now.advanced(byMilliseconds: 60_000 + Int64(number))
            return fields
        }
        for number in 0..<5 {
            let units = try UnitRange(100 * number + 1, 100 * number + 100)
            let lot = LotFields(inventory: "east-beds", lot: "ward", units: units, number: number + 1)
            try InventoryProjection(.hospitals).fold(
                try entry(.offered, lot.subject, try lot.encoded()), in: transaction.sql, context: context)
        }
        for number in 1...open { _ = try fold(.held, hold(number, unit: number)) }
        for number in 1...open {
            var wish = hold(1_000 + number, unit: 0)
            (wish.number, wish.lot) = (0, "other")
            _ = try fold(.wished, wish)
        }
        let one = hold(999, unit: 450)
        let meter = MeteredTransaction(
            transaction.sql, limit: .max, refusal: Failure("test.never", "there is no limit"))
        _ = try UnitTable.free(in: "east-beds", lot: "", decider: east.node, at: now, in: meter)
        _ = try UnitTable.free(in: "east-beds", lot: "ward", decider: east.node, at: now, in: meter)
        _ = try HoldTable.due(in: "east-beds", at: now, decider: east.node, limit: 100, in: meter)
        _ = try HoldTable.nextEnd(in: "east-beds", decider: east.node, in: meter)
        _ = try WishQueue.next("east-beds", lot: "ward", in: meter)
        _ = try WishQueue.due(in: "east-beds", at: now, limit: 100, in: meter)
        _ = try NoticeTable.due(limit: 1, in: meter)
        let given = try fold(.held, one)
        var confirmed = one
        (confirmed.number, confirmed.until) = (2, nil)
        var ended = confirmed
        ended.number = 3
        return [meter.steps, given, try fold(.confirmed, confirmed), try fold(.released, ended)]
    }
}
