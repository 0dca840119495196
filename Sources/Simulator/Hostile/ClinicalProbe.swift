import Effects
import Ledgers
import NodeRuntime

/// Has a node under attack commit something clinical of its own again and again, and takes the time: whatever a thief
/// delivers may take its turn, and no more.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
final class ClinicalProbe: @unchecked Sendable {
    private let shared: SharedSimulation
    private let node: SimulatedNode
    private var isOver = false

    init(_ shared: SharedSimulation, at node: SimulatedNode) {
        self.shared = shared
        self.node = node
    }

    /// The attack is over; the last commit is still waited for.
    func end() { isOver = true }

    func run() async {
        while !isOver, node.isRunning {
            let began = shared.elapsed
            let life = node.life
            let watch = shared.scheduler.at(shared.scheduler.now.advanced(byMilliseconds: Self.boundMilliseconds)) {
                [self] in
                guard life?.isAlive == true else { return }
                shared.verdict.violation(
                    "clinical",
                    "\(node.id), under attack, has not committed within \(Self.boundMilliseconds) ms what is clinical, "
                        + "since \(began)")
            }
            // A full disk refuses, and a process that dies answers nothing: both are no delay.
            _ = try? await node.ask { try await $0.context.ledger.write(lane: .clinical) { _ in true } }
            shared.scheduler.cancel(watch)
            guard (try? await shared.time.sleep(milliseconds: Self.pauseMilliseconds)) != nil else { return }
        }
    }

    private static let pauseMilliseconds: Int64 = 40
    /// A commit takes up to 4 virtual ms; one that is under way, those that others' clinical entries take, and its own.
    private static let boundMilliseconds: Int64 = 100
}
