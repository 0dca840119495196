import Effects
import Ledgers
import NodeRuntime
import Regions

extension NodeMetrics {
    /// Whether the node can seal, and what of its own and of others' is refused by whom.
    func addSealing(to metrics: inout MetricsText) async throws {
        let sealing = try await SealingState.of(setup)
        metrics.add(
            "yilian_ledger_key_holds", .gauge, "1 while a ledger key of the node holds; else nothing is acknowledged.",
            sealing.keyProblem == nil ? 1 : 0)
        if let end = sealing.endsAt {
            metrics.add(
                "yilian_ledger_key_expiry_seconds", .gauge, "Time until the ledger key ends.",
                Double(end.milliseconds(since: sealing.now)) / 1000)
        }
        for peer in setup.node.hub.status().map(\.peer) {
            let refused = sealing.refused.filter { $0.neighbour == peer }
            let own = refused.count { $0.chain.author == sealing.node }
            for (chains, count) in [("own", own), ("others", refused.count - own)] {
                metrics.add(
                    "yilian_refused_chains", .gauge, "Chains of which the neighbour refuses a batch.", Double(count),
                    labels: [("peer", peer.rawValue), ("chains", chains)])
            }
        }
        let waiting = setup.node.setup.region.waiting
        metrics.add(
            "yilian_region_configuration_waiting_version", .gauge,
            "Version of the region configuration that waits for its time; 0 where none does.",
            Double(waiting?.version ?? 0))
    }
}
