import Effects
import Links
import Regions

/// The network of a simulated region.
final class SimulatedNetwork: @unchecked Sendable {
    struct Pair: Hashable {
        var from: NodeID
        var to: NodeID
    }

    private let scheduler: Scheduler
    private var listeners: [String: SimulatedListener] = [:]
    private var ways: [Pair: SimulatedWay] = [:]

    init(_ scheduler: Scheduler) {
        self.scheduler = scheduler
    }

    /// The way from one node to another; made when it is first asked for.
    func way(from: NodeID, to: NodeID) -> SimulatedWay {
        let pair = Pair(from: from, to: to)
        if let way = ways[pair] { return way }
        let way = SimulatedWay(
            delayMilliseconds: 5 + Int64(scheduler.random.number(below: 60)), bytesPerSecond: Self.bytesPerSecond)
        ways[pair] = way
        return way
    }

    /// Everything is as it was before any fault.
    func heal() {
        for way in ways.sorted(by: { ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to) }).map(\.value) {
            way.isCut = false
            way.bytesPerSecond = Self.bytesPerSecond
            way.delayMilliseconds = min(way.delayMilliseconds, 65)
        }
    }

    func listen(_ name: String, as identity: PeerIdentity, life: Life) throws -> SimulatedListener {
        if let taken = listeners[name], !taken.isClosed {
            throw Failure("link.addressInUse", "somebody listens on \(name) already")
        }
        let listener = SimulatedListener(name: name, identity: identity)
        listeners[name] = listener
        life.onEnd { listener.close() }
        return listener
    }

    func connect(to name: String, as identity: PeerIdentity, life: Life?) throws -> SimulatedConnection {
        guard let listener = listeners[name], !listener.isClosed else {
            throw Failure("link.unreachable", "nobody listens on \(name)")
        }
        let there = way(from: identity.node, to: listener.identity.node)
        let back = way(from: listener.identity.node, to: identity.node)
        guard !there.isCut, !back.isCut else { throw Failure("link.unreachable", "the way to \(name) is cut") }
        let towards = SimulatedPipe(scheduler, way: there)
        let backwards = SimulatedPipe(scheduler, way: back)
        let mine = SimulatedConnection(
            peer: listener.identity, remoteAddress: name, incoming: backwards, outgoing: towards)
        life?.onEnd { mine.abort() }
        listener.offer(
            SimulatedConnection(
                peer: identity, remoteAddress: "simulated:\(identity.node)", incoming: towards, outgoing: backwards))
        return mine
    }

    /// Ends every connection of a node without a goodbye.
    func breakConnections(of node: NodeID) {
        for (pair, way) in ways.sorted(by: { ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to) })
        where pair.from == node || pair.to == node {
            way.breakConnections()
        }
    }

    func breakConnections(between one: NodeID, _ other: NodeID) {
        way(from: one, to: other).breakConnections()
        way(from: other, to: one).breakConnections()
    }

    private static let bytesPerSecond: Int64 = 2_500_000
}

/// The network as one process of one node sees it.
struct SimulatedTransport: LinkTransport {
    let network: SimulatedNetwork
    let identity: PeerIdentity
    let life: Life

    func connect(to address: LinkAddress) async throws -> any LinkConnection {
        guard life.isAlive else { throw Failure("link.unreachable", "the process has ended") }
        return try network.connect(to: address.host, as: identity, life: life)
    }

    func listen(on address: LinkAddress) async throws -> any LinkListener {
        guard life.isAlive else { throw Failure("link.unreachable", "the process has ended") }
        return try network.listen(address.host, as: identity, life: life)
    }
}

/// One end of a simulated connection.
final class SimulatedConnection: LinkConnection, @unchecked Sendable {
    let remoteAddress: String
    private let peer: PeerIdentity
    private let incoming: SimulatedPipe
    private let outgoing: SimulatedPipe

    init(peer: PeerIdentity, remoteAddress: String, incoming: SimulatedPipe, outgoing: SimulatedPipe) {
        self.peer = peer
        self.remoteAddress = remoteAddress
        self.incoming = incoming
        self.outgoing = outgoing
    }

    func authenticate() async throws -> PeerIdentity { peer }
    func receive() async throws -> [UInt8]? { try await incoming.receive() }
    func send(_ bytes: [UInt8]) async throws { try await outgoing.send(bytes) }

    func close(sending last: [UInt8]) {
        outgoing.close(sending: last)
        incoming.abort()
    }

    func abort() {
        outgoing.abort()
        incoming.abort()
    }
}

/// Where connections of a simulated network come in.
final class SimulatedListener: LinkListener, Sendable {
    let identity: PeerIdentity
    let address: LinkAddress
    private let queue = AcceptQueue<SimulatedConnection> { $0.abort() }

    init(name: String, identity: PeerIdentity) {
        self.identity = identity
        address = LinkAddress(host: name, port: 1)
    }

    var isClosed: Bool { queue.isClosed }
    func offer(_ connection: SimulatedConnection) { queue.offer(connection) }
    func accept() async throws -> (any LinkConnection)? { await queue.next() }
    func close() { queue.close() }
}
