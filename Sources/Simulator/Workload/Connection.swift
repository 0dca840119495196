import Links

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
