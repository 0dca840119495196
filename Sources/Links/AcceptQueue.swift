import Effects
import Synchronization

/// Connections that came in at a listener and wait for the hub; bounded.
package final class AcceptQueue<Connection: LinkConnection>: Sendable {
    private struct State {
        var waiting: [Connection] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let arrived = Wakeup()
    private let refuse: @Sendable (Connection) -> Void

    /// - Parameter refuse: ends a connection for which there is no room, or that nobody accepts any more.
    package init(refuse: @escaping @Sendable (Connection) -> Void = { $0.close(sending: []) }) {
        self.refuse = refuse
    }

    package var isClosed: Bool { state.withLock { $0.isClosed } }

    package func offer(_ connection: Connection) {
        let isTaken = state.withLock { state in
            guard !state.isClosed, state.waiting.count < Limits.halfOpenLinks else { return false }
            state.waiting.append(connection)
            return true
        }
        if isTaken { arrived.wake() } else { refuse(connection) }
    }

    /// The next connection; nil when the queue is closed or the task is cancelled.
    ///
    /// One task asks at a time.
    package func next() async -> Connection? {
        while true {
            let (connection, isClosed) = state.withLock { state in
                (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed)
            }
            if let connection { return connection }
            if isClosed || Task.isCancelled { return nil }
            await arrived.wait()
        }
    }

    /// Takes nothing any more and ends those who wait.
    package func close() {
        let left = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for connection in left { refuse(connection) }
        arrived.wake()
    }
}
