import Effects
package import NodeRuntime

/// Somebody's connection to a node's process: an answer comes, or the process dies and none ever does.
final class Connection<Value: Sendable>: @unchecked Sendable {
    private let life: Life
    private let host: SimulationHost
    private let settled = Wakeup()
    private var result: Result<Value, any Error>?

    init(_ life: Life, host: SimulationHost) {
        self.life = life
        self.host = host
    }

    /// - Returns: `nil` where the process died first: nobody knows what became of the question.
    func answer(_ ask: @escaping @Sendable () async throws -> Value) async throws -> Value? {
        let ending = life.onEnd { [settled] in settled.wake() }
        host.start { [self] in
            do {
                result = .success(try await ask())
            } catch {
                result = .failure(error)
            }
            settled.wake()
        }
        await settled.wait()
        life.forget(ending)
        guard life.isAlive else { return nil }
        return try result?.get()
    }
}

extension SimulatedNode {
    /// Asks the node's process something, as a system beside it does over a connection.
    ///
    /// - Returns: `nil` where no process runs, or it died before it answered.
    package func ask<Value: Sendable>(
        _ question: @escaping @Sendable (YilianNode) async throws -> Value
    ) async throws -> Value? {
        guard let life, life.isAlive, let node else { return nil }
        return try await Connection<Value>(life, host: shared.host).answer { try await question(node) }
    }
}
