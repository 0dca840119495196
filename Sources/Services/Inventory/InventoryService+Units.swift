import Effects
package import InventoryKit
package import Ledgers
package import Regions
package import ServiceKit

extension InventoryService {
    /// Offers units of a lot, or says anew when they are for.
    ///
    /// - Throws: `inventory.notTheOwner`, `.lotOver`, `.unmatched`; `access.notRegistered`.
    package func offer(
        _ units: UnitRange, of lot: String, in inventory: String, _ span: UnitSpan, by practitioner: String
    ) async throws -> EntryID {
        try await write(inventory, by: practitioner) { try $0.offer(units, of: lot, span) }
    }

    /// Takes units out that nobody has.
    ///
    /// - Throws: `inventory.inUse`, `.unknownUnits`.
    package func close(
        _ units: UnitRange, of lot: String, in inventory: String, by practitioner: String
    ) async throws -> EntryID {
        try await write(inventory, by: practitioner) { try $0.close(units, of: lot) }
    }

    /// Lets another node decide about units, also while this one cannot be reached, until it gives them back.
    package func allot(
        _ units: UnitRange, of lot: String, in inventory: String, to node: NodeID, by practitioner: String
    ) async throws -> EntryID {
        guard context.region.current.node(node) != nil, context.tree.tier(of: node) != .dispatcher else {
            throw Failure(
                "inventory.noWay", "\(node) cannot decide about units",
                remedy: KnownWord.remedy(
                    for: node.rawValue, among: context.region.current.nodes.map(\.id.rawValue)))
        }
        let key = context.signingKey
        return try await write(inventory, by: practitioner) { try $0.allot(units, of: lot, to: node, key: key) }
    }

    /// Gives units back to their owner that were allotted to this node and that nobody has.
    package func giveBack(
        _ units: UnitRange, of lot: String, in inventory: String, by practitioner: String
    ) async throws -> EntryID {
        try await write(inventory, by: practitioner) { try $0.giveBack(units, of: lot) }
    }

    private func write(
        _ inventory: String, by practitioner: String,
        _ body: @escaping @Sendable (LotWriter) throws -> EntryID
    ) async throws -> EntryID {
        let terms = try self.inventory(inventory).terms
        try context.check(practitioner: practitioner, of: "", at: context.node)
        guard practitioner.utf8.count <= Limits.inventoryTextBytes else {
            throw Failure("inventory.badName", "a name is longer than any", remedy: Self.nameRemedy)
        }
        try await witness.requireMatch()
        return try await context.ledger.write(lane: .clinical) { transaction in
            try body(LotWriter(transaction, plan: .hospitals, terms: terms, actor: practitioner))
        }
    }
}

extension InventoryService {
    /// What is there of an inventory, from its owner, or as it is known with its age.
    package func stock(_ inventory: String) async throws -> StockAnswer {
        let terms = try self.inventory(inventory).terms
        return try await stockDesk.stock(StockQuestion(inventory: terms.id, owner: terms.owner), caller: nil)
    }

    /// Holds and wishes that this node knows of, those that changed last first.
    package func holds(of inventory: String? = nil, limit: Int = Limits.queryResults) async throws -> [HoldRecord] {
        if let inventory { _ = try self.inventory(inventory) }
        return try await context.ledger.read { try HoldTable.newest(inventory: inventory, limit: limit, in: $0) }
    }
}

extension InventoryService: FigureOffer {
    package func figures() async throws -> [ServiceFigure] {
        let node = context.node
        let counts = try await context.ledger.read { try UnitTable.counts(decider: node, in: $0) }
        let states = [("free", counts.free), ("taken", counts.taken), ("doubled", counts.doubled)]
        return states.map { state, count in
            ServiceFigure(
                "yilian_inventory_units", "Units about which this node decides.", Double(count),
                labels: [("state", state)])
        } + [
            ServiceFigure(
                "yilian_inventory_wishes_waiting", "Wishes that wait for their turn.", Double(counts.waiting)),
            ServiceFigure(
                "yilian_inventory_matched",
                "1 where this node may decide: its parent has nothing of it that does not lie here.",
                witness.isMatched ? 1 : 0),
        ]
    }
}
