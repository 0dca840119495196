import Effects
import Ledgers
import Regions

/// Writes down what a node's disk holds alone at the moment when it is put back to an older state.
struct LossAccount {
    private let shared: SharedSimulation

    init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    /// - Returns: whether it could be told; it cannot while the parent does not run. False as well where the node's disk is
    ///   the only one with something of a child's, whose own disk was put back just before: no product survives both.
    func record(_ node: SimulatedNode) async -> Bool {
        guard let parentID = shared.region.member(node.id)?.parent, let parent = shared.node(parentID),
            let running = parent.node, parent.volume.synchronising == .works || shared.plan.mutant != nil
        else { return false }
        guard await haveEverything(childrenOf: node) else { return false }
        // First the process ends: what it acknowledges afterwards would not be in the account.
        node.kill()
        guard let positions = try? await running.context.ledger.positions(), parent.isRunning else { return false }
        let reached = Dictionary(positions.map { ($0.chain, $0.nextSequence) }, uniquingKeysWith: max)
        for play in shared.plays { await play.lose(node, reached: reached, parent: running) }
        return true
    }

    /// Whether every child runs and holds as much of its own chains as the node does.
    private func haveEverything(childrenOf node: SimulatedNode) async -> Bool {
        guard let held = try? await node.node?.context.ledger.positions() else { return false }
        for child in shared.nodes where shared.region.member(child.id)?.parent == node.id {
            let own = held.filter { $0.chain.author == child.id }
            if own.isEmpty { continue }
            guard let there = try? await child.node?.context.ledger.positions() else { return false }
            let reached = Dictionary(there.map { ($0.chain, $0.nextSequence) }, uniquingKeysWith: max)
            guard own.allSatisfy({ reached[$0.chain, default: 0] >= $0.nextSequence }) else { return false }
        }
        return true
    }
}
