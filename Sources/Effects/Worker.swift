import Dispatch

/// A thread for work that blocks: a store's writer, one of its readers, a key derivation.
///
/// Work runs one item at a time in the order in which it was handed over.
package protocol Worker: Sendable {
    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
}

/// A worker on a serial queue of its own.
package final class ThreadWorker: Worker {
    private let queue: DispatchQueue

    package init(name: String) {
        queue = DispatchQueue(label: "yilian.\(name)")
    }

    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try body() })
            }
        }
    }
}

/// A worker that runs everything at once on the caller; for tests and simulations that want no second thread.
package struct InlineWorker: Worker {
    package init() {}

    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try body()
    }
}
