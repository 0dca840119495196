import Storage
import Synchronization

/// A store whose writes wait while its gate is shut, so that a test decides what shares a commit.
final class GatedStore: Store {
    private struct State {
        var isOpen = true
        var waiting: [CheckedContinuation<Void, Never>] = []
        var writes = 0
    }

    private let inner: any Store
    private let state = Mutex(State())

    init(_ inner: any Store) {
        self.inner = inner
    }

    /// How many transactions were begun.
    var writes: Int { state.withLock { $0.writes } }
    /// How many transactions stand before the gate.
    var waiting: Int { state.withLock { $0.waiting.count } }

    func shut() { state.withLock { $0.isOpen = false } }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        await withCheckedContinuation { continuation in
            let passes = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if passes { continuation.resume() }
        }
        state.withLock { $0.writes += 1 }
        return try await inner.write(body)
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await inner.read(body)
    }

    func close() async throws { try await inner.close() }
}
