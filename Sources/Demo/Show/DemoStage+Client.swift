package import Console
import Effects

extension DemoStage {
    /// Lets `body` speak to a node's operator interface over its socket.
    package func client<Value: Sendable>(
        _ node: DemoNode, _ body: (ConsoleClient) async throws -> Value
    ) async throws -> Value {
        try await ConsoleClient.with(.socket(path: node.addresses.socket), body)
    }

    /// Asks again and again until `condition` holds.
    ///
    /// - Throws: `demo.tooLate` where it does not within `seconds`.
    package func wait<Value: Sendable>(
        for what: String, seconds: Int, _ ask: () async throws -> Value, until condition: (Value) -> Bool
    ) async throws -> Value {
        let deadline = world.time.monotonicTime.advanced(byMilliseconds: Int64(seconds) * 1_000)
        while true {
            let value = try await ask()
            if condition(value) { return value }
            guard world.time.monotonicTime < deadline else {
                throw Failure(
                    "demo.tooLate", "\(what) did not happen within \(seconds) s",
                    remedy: "look at node.log in the nodes' folders (keep them with --keep DIR)")
            }
            try await world.time.sleep(milliseconds: 200)
        }
    }
}
