import Effects
import Ledgers
package import Regions
package import ServiceKit

/// Takes commands about holds: carries out those about which this node decides and passes the others on to the next node on
/// the way.
package struct HoldCounter: Sendable {
    private let context: NodeContext
    private let plan: InventoryPlan
    private let neighbours: any InventoryNeighbours

    package init(_ context: NodeContext, plan: InventoryPlan, neighbours: any InventoryNeighbours) {
        self.context = context
        self.plan = plan
        self.neighbours = neighbours
    }

    /// Carries a command out, or has it carried out.
    ///
    /// - Parameter caller: the neighbour that brought it; `nil` for somebody at this node.
    /// - Throws: `inventory.notEntitled` where it comes from elsewhere than it says; what the decider refuses it with;
    ///   `call.…` where it cannot be reached: then nothing is known of what became of it, and the same command may be sent
    ///   again.
    package func perform(_ command: SignedHoldCommand, caller: NodeID?) async throws -> HoldReceipt {
        let (tree, order) = (context.tree, command.order)
        guard tree.leads(from: order.origin, over: caller, to: context.node) else {
            throw Failure(
                "inventory.notEntitled", "the command does not come from \(order.origin), as it says",
                remedy: "act at the node where you work")
        }
        if order.decider == context.node { return try await carryOut(command) }
        guard let next = tree.onward(from: context.node, to: order.decider, after: caller) else {
            throw Failure(
                "inventory.noWay", "no way leads to \(order.decider)", remedy: "check 'management' in the region's file"
            )
        }
        return try await neighbours.command(command, at: next)
    }

    private func carryOut(_ command: SignedHoldCommand) async throws -> HoldReceipt {
        guard command.isSigned(by: context.region) else {
            throw Failure(
                "inventory.unsigned", "the command is not signed by \(command.order.origin), where its actor sits",
                remedy: "send it from that node; if it was, compare the region configurations of both")
        }
        try context.check(practitioner: command.order.actor, of: command.order.unit, at: command.order.origin)
        try await context.witness.requireMatch()
        let (plan, region, configuration) = (plan, context.region, context.region.current)
        let done = try await context.ledger.write(lane: .clinical) { transaction in
            try InventoryWriter(
                transaction: transaction, plan: plan, configuration: configuration,
                isSigned: { $0.isSigned(by: region) }
            ).carryOut(command)
        }
        if plan.terms(of: command.order.inventory, in: configuration)?.isAlone != true {
            try await context.witness.waitUntilSecured(done.step.entry)
        }
        return HoldReceipt(done.record, step: done.step, isDuplicate: done.isDuplicate)
    }
}
