package import Effects
package import Regions
import Synchronization

/// A network within one process, whose links a test cuts, holds and slows by the names of their nodes.
package final class MemoryNetwork: Sendable {
    private struct Pair: Hashable {
        var first: NodeID
        var second: NodeID

        init(_ one: NodeID, _ other: NodeID) {
            first = min(one, other)
            second = max(one, other)
        }
    }

    private struct State {
        var listeners: [LinkAddress: MemoryListener] = [:]
        var nextPort = 1
        var pipes: [Pair: [MemoryPipe]] = [:]
        var cut: Set<Pair> = []
        var held: Set<Pair> = []
        var delays: [Pair: Int64] = [:]
    }

    private let time: any TimeSource
    private let state = Mutex(State())

    package init(time: any TimeSource) {
        self.time = time
    }

    /// The network as the node of `identity` sees it.
    package func transport(as identity: PeerIdentity) -> MemoryTransport {
        MemoryTransport(network: self, identity: identity)
    }

    /// Breaks every connection between two nodes and lets no new one through, until ``heal(_:_:)``.
    package func cut(_ one: NodeID, _ other: NodeID) {
        let pair = Pair(one, other)
        let pipes = state.withLock { state in
            state.cut.insert(pair)
            return state.pipes.removeValue(forKey: pair) ?? []
        }
        for pipe in pipes { pipe.abort() }
    }

    /// Lets nothing through between two nodes and tells neither, until ``heal(_:_:)``: the packets are lost and sent
    /// again.
    package func hold(_ one: NodeID, _ other: NodeID) {
        let pair = Pair(one, other)
        let pipes = state.withLock { state in
            state.held.insert(pair)
            return state.pipes[pair] ?? []
        }
        for pipe in pipes { pipe.set(isHeld: true) }
    }

    package func heal(_ one: NodeID, _ other: NodeID) {
        let pair = Pair(one, other)
        let pipes = state.withLock { state in
            state.cut.remove(pair)
            state.held.remove(pair)
            return state.pipes[pair] ?? []
        }
        for pipe in pipes { pipe.set(isHeld: false) }
    }

    /// Delays what two nodes send each other from now on.
    package func delay(_ one: NodeID, _ other: NodeID, milliseconds: Int64) {
        let pair = Pair(one, other)
        let pipes = state.withLock { state in
            state.delays[pair] = milliseconds
            return state.pipes[pair] ?? []
        }
        for pipe in pipes { pipe.set(delayMilliseconds: milliseconds) }
    }

    func listen(_ address: LinkAddress, as identity: PeerIdentity) throws -> MemoryListener {
        try state.withLock { state in
            var address = address
            if address.port == 0 {
                address.port = state.nextPort
                state.nextPort += 1
            }
            if let taken = state.listeners[address], !taken.isClosed {
                throw Failure("link.addressInUse", "somebody listens on \(address) already")
            }
            let listener = MemoryListener(address: address, identity: identity)
            state.listeners[address] = listener
            return listener
        }
    }

    func connect(to address: LinkAddress, as identity: PeerIdentity) throws -> MemoryConnection {
        let (listener, towards, back) = try state.withLock { state in
            guard let listener = state.listeners[address], !listener.isClosed else {
                throw Failure("link.unreachable", "nobody listens on \(address)")
            }
            let pair = Pair(identity.node, listener.identity.node)
            guard !state.cut.contains(pair) else {
                throw Failure("link.unreachable", "the way to \(address) is cut")
            }
            let towards = MemoryPipe(time: time)
            let back = MemoryPipe(time: time)
            for pipe in [towards, back] {
                pipe.set(delayMilliseconds: state.delays[pair] ?? 0)
                pipe.set(isHeld: state.held.contains(pair))
            }
            // Only the newest connections of two nodes are worth remembering; ended ones are of no interest.
            state.pipes[pair] = (state.pipes[pair] ?? []).suffix(14) + [towards, back]
            return (listener, towards, back)
        }
        listener.offer(
            MemoryConnection(
                peer: identity, remoteAddress: "memory:\(identity.node)", incoming: towards, outgoing: back))
        return MemoryConnection(
            peer: listener.identity, remoteAddress: address.description, incoming: back, outgoing: towards)
    }
}

/// Links within one process; see ``MemoryNetwork``.
package struct MemoryTransport: LinkTransport {
    let network: MemoryNetwork
    let identity: PeerIdentity

    package func connect(to address: LinkAddress) async throws -> any LinkConnection {
        try network.connect(to: address, as: identity)
    }

    package func listen(on address: LinkAddress) async throws -> any LinkListener {
        try network.listen(address, as: identity)
    }
}

/// Where connections of a ``MemoryNetwork`` come in.
final class MemoryListener: LinkListener {
    let address: LinkAddress
    let identity: PeerIdentity
    private let queue = AcceptQueue<MemoryConnection>()

    init(address: LinkAddress, identity: PeerIdentity) {
        self.address = address
        self.identity = identity
    }

    var isClosed: Bool { queue.isClosed }
    func offer(_ connection: MemoryConnection) { queue.offer(connection) }
    func accept() async throws -> (any LinkConnection)? { await queue.next() }
    func close() { queue.close() }
}
