import Effects
import Inventory
import InventoryKit
import Ledgers
import NodeRuntime
import Regions
package import Simulator
package import Storage

extension InventoryPlay {
    package func checkTold() async throws {
        stays()
        try await entries()
    }

    /// Nobody was told that a bed is theirs while somebody else had been told so and had not given it back.
    private func stays() {
        let told = Dictionary(grouping: journal.stays.filter { !journal.lost.contains($0.hold) }, by: \.bed)
        for (bed, stays) in told.sorted(by: { $0.key < $1.key }) {
            let inOrder = stays.sorted { ($0.from, $0.hold) < ($1.from, $1.hold) }
            for (index, later) in inOrder.enumerated() {
                guard
                    let earlier = inOrder[..<index].first(where: { stay in
                        stay.hold != later.hold && (stay.to.map { later.from < $0 } ?? true)
                    })
                else { continue }
                shared.verdict.violation(
                    "givenTwice",
                    "\(bed) is \(earlier.hold)'s by \(earlier.entry) and \(later.hold)'s by \(later.entry)")
            }
        }
    }

    /// What the entries of those say who decide: of each bed at most one hold has begun and not ended.
    ///
    /// It reads the batches on their disks, whatever the tables make of them.
    private func entries() async throws {
        var begun: [HoldID: String] = [:]
        var ended: Set<HoldID> = []
        for owner in shared.region.configuration.inventories.map(\.terms.owner) {
            guard let ledger = shared.node(owner)?.node?.context.ledger else { continue }
            // What a thief sealed says nothing of what the owner did.
            for entry in try await own(ledger) where !shared.thefts.wrote(entry.id) {
                let fields = try HoldFields(bytes: entry.fields)
                if entry.kind == InventoryPlan.hospitals.kind(of: .held) {
                    begun[fields.hold] = "\(fields.inventory) \(fields.lot) \(fields.unit)"
                } else if entry.kind != InventoryPlan.hospitals.kind(of: .confirmed) {
                    ended.insert(fields.hold)
                }
            }
        }
        let open = begun.filter { !ended.contains($0.key) && !journal.lost.contains($0.key) }
        for (bed, holds) in Dictionary(grouping: open, by: \.value).sorted(by: { $0.key < $1.key })
        where holds.count > 1 {
            let names = holds.map(\.key.description).sorted().joined(separator: " and ")
            shared.verdict.violation("givenTwice", "by the entries \(bed) is \(names)'s")
        }
    }

    /// A node's own entries about holds, batch by batch.
    private func own(_ ledger: Ledger) async throws -> [Entry] {
        var found: [Entry] = []
        for position in try await ledger.positions()
        where position.chain.author == ledger.node && position.chain.lane == Self.lane {
            var next = ChainPosition(chain: position.chain, nextSequence: 0)
            while next.nextSequence < position.nextSequence {
                let batches = try await ledger.batches(from: next, for: ledger.node)
                guard !batches.isEmpty else { break }
                for batch in batches {
                    found += try ledger.inspector.inspect(batch, receivedTime: shared.time.wallTime).entries
                        .filter { Self.kinds.contains($0.kind) }
                }
                next.nextSequence += UInt64(batches.count)
            }
        }
        return found
    }

    private static let kinds = Set(
        [InventoryEvent.held, .confirmed, .released, .expired].map { InventoryPlan.hospitals.kind(of: $0) })

    package func foreign(in sql: any SQLTransaction) throws -> [String] {
        let owners = Dictionary(
            shared.region.configuration.inventories.map { ($0.terms.id, $0.terms.owner) }, uniquingKeysWith: { $1 })
        return try sql.rows("SELECT entry, event, fields FROM inventory_event ORDER BY entry", []).compactMap { row in
            let (entry, fields) = (try EntryID(try row.text(0)), try HoldFields(bytes: try row.bytes(2)))
            let isStated = ["wished", "takenBack"].contains(try row.text(1))
            let isTheirs =
                isStated
                ? entry.author == fields.hold.origin
                : entry.author == owners[fields.inventory] || fields.allotment?.owner == owners[fields.inventory]
            return isTheirs ? nil : "\(entry) is a word about the hold \(fields.hold)"
        }
    }

    package func obstacle(at node: SimulatedNode) async throws -> String? {
        guard let running = node.node else { return nil }
        let due = try await running.context.ledger.read { sql in
            try sql.row("SELECT entry FROM inventory_notice WHERE is_due = 1 ORDER BY position LIMIT 1", [])
                .map { try $0.text(0) }
        }
        return due.map { "\($0) is told to nobody at \(node.id)" }
    }
}

extension InventoryPlay {
    package func forge(_ forgery: Forgery, by thief: Thief) async throws -> [StolenKey.Item] {
        guard forgery == .others else { return [] }
        let mine = "\(thief.key.node)/"
        let events = try await thief.some(
            4, "SELECT entry FROM inventory_event WHERE substr(entry, 1, $1) <> $2 ORDER BY entry",
            [.integer(Int64(mine.utf8.count)), .text(mine)])
        // Beds of others, given away and taken back in their names.
        return try events.flatMap { event -> [StolenKey.Item] in
            guard event.author != thief.key.node else { return [] }
            var fields = try HoldFields(bytes: event.fields)
            guard fields.decider != thief.key.node, fields.hold.origin != thief.key.node else { return [] }
            fields.number += 1
            let ended = try fields.encoded()
            fields.decider = thief.key.node
            fields.unit = 1
            fields.lot = InventoryPlay.lot
            return [
                thief.item(InventoryPlan.hospitals.kind(of: .expired), event.subject, ended),
                thief.item(InventoryPlan.hospitals.kind(of: .held), event.subject, try fields.encoded()),
            ]
        }
    }
}
