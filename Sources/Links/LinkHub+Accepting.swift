import Effects
import Regions
import Synchronization
import Wire

extension LinkHub {
    /// Accepts connections until the listener closes.
    ///
    /// At most `Limits.halfOpenLinks` may be in their handshake at once.
    func accept(from listener: any LinkListener) async {
        await withDiscardingTaskGroup { group in
            var backoff = Backoff()
            while !Task.isCancelled {
                do {
                    guard let connection = try await listener.accept() else { break }
                    backoff.reset()
                    guard beginHandshake() else {
                        refuseAtOnce(connection)
                        continue
                    }
                    group.addTask { await self.serve(accepted: connection) }
                } catch {
                    logger.error("accepting a link failed", metadata: ["reason": "\(LinkEnding(of: error))"])
                    // A cancelled wait ends the loop at its head.
                    try? await world.time.sleep(milliseconds: backoff.nextMilliseconds(world.random))
                }
            }
            listener.close()
            group.cancelAll()
        }
    }

    private func beginHandshake() -> Bool {
        state.withLock { state in
            guard !state.isStopping, state.halfOpen < Limits.halfOpenLinks else { return false }
            state.halfOpen += 1
            return true
        }
    }

    private func refuseAtOnce(_ connection: any LinkConnection) {
        let ending = LinkEnding(.tooManyLinks, "\(Limits.halfOpenLinks) handshakes are under way")
        connection.close(sending: [])
        refused(ending, address: connection.remoteAddress, node: nil)
    }

    private func serve(accepted connection: any LinkConnection) async {
        let proved = Mutex<NodeID?>(nil)
        let outcome: Result<LinkHandshake.Outcome, LinkEnding>
        do {
            outcome = .success(
                try await LinkHandshake(policy: policy, world: world).run(connection, .listener) { node in
                    proved.withLock { $0 = node }
                })
        } catch {
            outcome = .failure(LinkEnding(of: error))
        }
        state.withLock { $0.halfOpen -= 1 }
        switch outcome {
        case .success(let outcome):
            await serve(outcome, connection)
        case .failure(let ending):
            let node = proved.withLock { $0 }
            refused(ending, address: connection.remoteAddress, node: node)
            if let node { note(node, nil, error: ending) }
        }
    }

    func refused(_ ending: LinkEnding, address: String, node: NodeID?) {
        logger.warning(
            "a link was refused",
            metadata: [
                "reason": "\(ending.reason)", "detail": "\(ending)", "address": "\(address)",
                "peer": "\(node?.rawValue ?? "unknown")",
            ])
        emit(.refused(ending, address: address, node: node))
    }
}
