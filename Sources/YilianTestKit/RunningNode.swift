import Edge
import Effects
import Links
import NodeRuntime
import SQLiteStorage
import Synchronization

/// A node while it runs: what `node start` is in a program.
final class RunningNode: Sendable {
    let node: YilianNode
    private let store: SQLiteStore
    private let stopping = Wakeup()
    private let ended = Wakeup()
    private let ending = Mutex<String?>(nil)
    private let edges = Mutex<[(edge: HospitalEdge, ended: Wakeup)]>([])

    init(_ node: YilianNode, store: SQLiteStore) {
        self.node = node
        self.store = store
    }

    /// Why it ended by itself; `nil` while it runs and where it was told to stop.
    var failure: String? { ending.withLock { $0 } }

    /// Works until it is told to stop or the task is cancelled; closes the store.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.work() }
            group.addTask { [stopping] in await stopping.wait(since: 0) }
            await group.next()
            group.cancelAll()
        }
        // What is committed is committed; closing only tidies up.
        try? await store.close()
        ended.wake()
    }

    private func work() async {
        do {
            try await node.run()
        } catch is CancellationError {
            return
        } catch {
            ending.withLock { $0 = "\(error)" }
        }
    }

    /// Remembers listeners that are to close before the node stops.
    ///
    /// - Returns: what is to be woken when they have.
    func add(_ edge: HospitalEdge) -> Wakeup {
        let ended = Wakeup()
        edges.withLock { $0.append((edge, ended)) }
        return ended
    }

    func stop() async {
        let edges = edges.withLock { $0 }
        for (edge, _) in edges { edge.stop() }
        for (_, ended) in edges { await ended.wait(since: 0) }
        stopping.wake()
        await ended.wait(since: 0)
    }
}
