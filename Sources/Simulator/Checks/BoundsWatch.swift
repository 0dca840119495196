import Effects
import Ledgers
import Links

/// Looks from time to time, while a region works among faults, whether anything has grown beyond its bound.
struct BoundsWatch {
    private let shared: SharedSimulation

    init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    func run() async throws {
        while true {
            try await shared.time.sleep(milliseconds: Self.pauseMilliseconds)
            for node in shared.nodes { await look(at: node) }
        }
    }

    private func look(at node: SimulatedNode) async {
        guard let running = node.node else { return }
        for status in running.hub.status() where status.callsInFlight > Self.callsPerLink {
            violation(node, "has \(status.callsInFlight) calls under way to \(status.peer)")
        }
        let commands = await running.context.ledger.commandsWaiting
        if commands > 2 * Limits.appendQueueEntries { violation(node, "has \(commands) commands waiting") }
    }

    private func violation(_ node: SimulatedNode, _ text: String) {
        shared.verdict.violation("bounds", "\(node.id) \(text)")
    }

    private static let pauseMilliseconds: Int64 = 30_000
    /// Of both directions and all lanes.
    private static let callsPerLink = 2 * 3 * Limits.callsInFlightPerLane
}
