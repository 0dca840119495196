import Effects
import Regions
import Wire

/// Runs a ``HandshakeMachine`` over a connection.
struct LinkHandshake: Sendable {
    let policy: LinkPolicy
    let world: World

    /// What a handshake leaves behind: the facts, and a codec with what the peer already sent after it.
    struct Outcome: Sendable {
        var facts: PeerFacts
        var codec: FrameCodec
    }

    /// Authenticates the peer and shakes hands, within `Limits.handshakeMilliseconds`.
    ///
    /// - Parameter onIdentity: told who the peer is before a word is exchanged; where it throws the peer is refused.
    /// - Throws: a `LinkEnding` with the reason; the connection has been closed.
    func run(
        _ connection: any LinkConnection, _ side: HandshakeMachine.Side, dialledNode: NodeID? = nil,
        onIdentity: @escaping @Sendable (NodeID) throws -> Void
    ) async throws -> Outcome {
        do {
            return try await withTaskCancellationHandler {
                try await race(connection, side, dialledNode, onIdentity)
            } onCancel: {
                connection.close(sending: [])
            }
        } catch {
            connection.close(sending: [])
            throw LinkEnding(of: error)
        }
    }

    private func race(
        _ connection: any LinkConnection, _ side: HandshakeMachine.Side, _ dialledNode: NodeID?,
        _ onIdentity: @escaping @Sendable (NodeID) throws -> Void
    ) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask {
                let identity = try await connection.authenticate()
                do {
                    try onIdentity(identity.node)
                } catch {
                    let refusal = Frame(.refuse, payload: LinkEnding(of: error).payload)
                    connection.close(sending: FrameCodec.encode(refusal))
                    throw error
                }
                return try await shake(connection, side, identity, dialledNode)
            }
            group.addTask {
                try await world.time.sleep(milliseconds: Limits.handshakeMilliseconds)
                return nil
            }
            defer { group.cancelAll() }
            if let first = try await group.next(), let outcome = first { return outcome }
            // Closed here and not by whoever sleeps: the other would see a lost connection, and might be the first to tell.
            let ending = LinkEnding(
                .handshakeTimeout, "the handshake took longer than \(Limits.handshakeMilliseconds) ms")
            connection.close(sending: FrameCodec.encode(Frame(.refuse, payload: ending.payload)))
            throw ending
        }
    }

    private func shake(
        _ connection: any LinkConnection, _ side: HandshakeMachine.Side, _ identity: PeerIdentity,
        _ dialledNode: NodeID?
    ) async throws -> Outcome {
        var machine = HandshakeMachine(
            side, offer: HandshakeMachine.Offer(policy),
            expectation: HandshakeMachine.Expectation(
                certificate: identity, neighbour: policy.neighbour(identity.node),
                isRevoked: policy.isRevoked(identity.certificateSerial), dialledNode: dialledNode))
        var codec = FrameCodec()
        if let facts = try await perform(machine.start(wallTime: world.time.wallTime), connection) {
            return Outcome(facts: facts, codec: codec)
        }
        while let bytes = try await connection.receive() {
            codec.feed(bytes)
            while let frame = try codec.next() {
                let actions = machine.receive(frame, wallTime: world.time.wallTime)
                if let facts = try await perform(actions, connection) {
                    return Outcome(facts: facts, codec: codec)
                }
            }
        }
        throw LinkEnding(.connectionLost, "the peer ended the connection in the middle of the handshake")
    }

    private func perform(
        _ actions: [HandshakeMachine.Action], _ connection: any LinkConnection
    ) async throws -> PeerFacts? {
        var facts: PeerFacts?
        for action in actions {
            switch action {
            case .send(let frame) where frame.type == .refuse:
                connection.close(sending: FrameCodec.encode(frame))
            case .send(let frame): try await connection.send(FrameCodec.encode(frame))
            case .established(let established): facts = established
            case .failed(let ending): throw ending
            }
        }
        return facts
    }
}
