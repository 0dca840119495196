package import Effects
import Ledgers
package import Regions
package import ServiceKit
import Storage

/// Says what is there of an inventory: the owner from its tables, whoever is on the way to it from what it knows, with its
/// age.
package struct StockDesk: Sendable {
    private let context: NodeContext
    private let plan: InventoryPlan
    private let neighbours: any InventoryNeighbours

    package init(_ context: NodeContext, plan: InventoryPlan, neighbours: any InventoryNeighbours) {
        self.context = context
        self.plan = plan
        self.neighbours = neighbours
    }

    /// Asks the owner, or says what is known here where it cannot be reached.
    ///
    /// - Parameter caller: the neighbour that asks; `nil` for somebody at this node.
    /// - Throws: `inventory.unknown`; `inventory.ownerAway` where nothing was ever heard of it here.
    package func stock(_ question: StockQuestion, caller: NodeID?) async throws -> StockAnswer {
        // What nobody agreed on is kept nowhere on the way.
        guard plan.terms(of: question.inventory, in: context.region.current)?.owner == question.owner else {
            throw InventoryWriter.unknown(question.inventory)
        }
        if question.owner == context.node { return try await own(question.inventory, asOf: context.now) }
        guard let next = context.tree.onward(from: context.node, to: question.owner, after: caller) else {
            throw Failure(
                "inventory.noWay", "no way leads to \(question.owner)",
                remedy: "check 'management' in the region's file")
        }
        do {
            let answer = try await neighbours.stock(question, at: next)
            guard answer.inventory == question.inventory else { throw HoldFields.malformed }
            // It was so before it came here, whatever the other's clock says.
            try await remember(answer)
            return answer
        } catch let failure as Failure where failure.isAway {
            guard let known = try await known(question, next: next) else {
                throw Failure(
                    "inventory.ownerAway", "\(question.owner) cannot be reached, and nothing was heard of it here",
                    remedy: "try again; a wish can be left with `yilian inventory wish`")
            }
            return known
        }
    }

    /// What is known here of an inventory whose owner is away; `nil` where nothing is.
    package func known(_ question: StockQuestion, next: NodeID? = nil) async throws -> StockAnswer? {
        let heard = try await heard(question.inventory)
        // Who is above the owner has its entries up to where the link broke.
        guard context.tree.isAncestor(context.node, of: question.owner),
            let since = next.flatMap({ context.linkDownSince($0) }), heard.map({ $0.asOf < since }) ?? true
        else { return heard }
        return try await own(question.inventory, asOf: since)
    }

    private static let newsMilliseconds: Int64 = 60_000

    private func heard(_ inventory: String) async throws -> StockAnswer? {
        try await context.ledger.read { sql in
            try sql.row("SELECT answer FROM inventory_heard WHERE inventory = $1", [inventory])
                .map { try StockAnswer(wireBytes: try $0.bytes(0)) }
        }
    }

    private func own(_ inventory: String, asOf time: WallTime) async throws -> StockAnswer {
        let now = context.now
        let (lines, waiting) = try await context.ledger.read { sql in
            (
                try UnitTable.lines(of: inventory, at: now, in: sql), try WishQueue.waiting(inventory, in: sql)
            )
        }
        return StockAnswer(inventory: inventory, lines: lines, waiting: waiting, asOf: time, toldBy: context.node)
    }

    /// Keeps an answer for the time when nobody answers; one that says nothing new is not written each time.
    private func remember(_ answer: StockAnswer) async throws {
        let before = try await heard(answer.inventory)
        let isNews = before.map { $0.lines != answer.lines || $0.waiting != answer.waiting } ?? true
        guard isNews || answer.asOf.milliseconds(since: before?.asOf ?? answer.asOf) > Self.newsMilliseconds else {
            return
        }
        let bytes = try answer.wireBytes()
        try await context.ledger.write(lane: .clinical) { transaction -> Void in
            try transaction.sql.execute(
                """
                INSERT INTO inventory_heard (inventory, answer) VALUES ($1, $2)
                ON CONFLICT (inventory) DO UPDATE SET answer = excluded.answer
                """, [answer.inventory, bytes])
        }
    }
}

extension Failure {
    /// Whether nobody could be asked: nothing is known of what became of a command.
    package var isAway: Bool {
        let codes: Set<String> = [
            "call.notReachable", "call.deadlineExceeded", "call.overloaded", "call.cancelled", "call.notANeighbour",
            "inventory.ownerAway",
        ]
        return codes.contains(code.rawValue)
    }
}
