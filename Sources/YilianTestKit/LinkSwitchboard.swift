import Doors
import Effects
import Links
package import Regions
import Synchronization

/// Knows where the nodes of a region really listen, and lets a test cut, hold and slow what runs between two of them.
package final class LinkSwitchboard: Sendable {
    struct Pair: Hashable {
        var first: NodeID
        var second: NodeID

        init(_ one: NodeID, _ other: NodeID) {
            first = min(one, other)
            second = max(one, other)
        }
    }

    private struct State {
        var addresses: [String: LinkAddress] = [:]
        var connections: [Pair: [SwitchedConnection]] = [:]
        var cut: Set<Pair> = []
        var held: Set<Pair> = []
        var delays: [Pair: Int64] = [:]
    }

    let time: any TimeSource
    private let state = Mutex(State())

    init(time: any TimeSource) {
        self.time = time
    }

    package func cut(_ one: NodeID, _ other: NodeID) {
        let pair = Pair(one, other)
        let broken = state.withLock { state in
            state.cut.insert(pair)
            return state.connections.removeValue(forKey: pair) ?? []
        }
        for connection in broken { connection.sever() }
    }

    package func hold(_ one: NodeID, _ other: NodeID) {
        _ = state.withLock { $0.held.insert(Pair(one, other)) }
    }

    package func heal(_ one: NodeID, _ other: NodeID) {
        let pair = Pair(one, other)
        state.withLock { state in
            state.cut.remove(pair)
            state.held.remove(pair)
        }
    }

    package func delay(_ one: NodeID, _ other: NodeID, milliseconds: Int64) {
        state.withLock { $0.delays[Pair(one, other)] = milliseconds }
    }

    func register(_ name: String, at address: LinkAddress) {
        state.withLock { $0.addresses[name] = address }
    }

    /// Where a name listens.
    ///
    /// - Throws: `link.unreachable` where nobody does, or where the way is cut.
    func resolve(_ address: LinkAddress, from node: NodeID) throws -> LinkAddress {
        try state.withLock { state in
            if let peer = NodeID(rawValue: address.host), state.cut.contains(Pair(node, peer)) {
                throw Failure("link.unreachable", "the way to \(address) is cut")
            }
            guard let real = state.addresses[address.host] else {
                throw Failure("link.unreachable", "nobody listens on \(address)")
            }
            return real
        }
    }

    func add(_ connection: SwitchedConnection, _ pair: Pair) {
        let isCut = state.withLock { state in
            guard !state.cut.contains(pair) else { return true }
            // Only the newest connections of two nodes are worth remembering; ended ones are of no interest.
            state.connections[pair] = (state.connections[pair] ?? []).suffix(7) + [connection]
            return false
        }
        if isCut { connection.sever() }
    }

    /// Waits as long as what runs between two nodes is slowed or held.
    func pass(_ pair: Pair) async throws {
        let delay = state.withLock { $0.delays[pair] ?? 0 }
        if delay > 0 { try await time.sleep(milliseconds: delay) }
        while state.withLock({ $0.held.contains(pair) }) { try await time.sleep(milliseconds: 20) }
    }
}

/// TLS links whose addresses are names of nodes.
struct SwitchboardTransport: LinkTransport {
    let node: NodeID
    let board: LinkSwitchboard
    let inner: any LinkTransport

    func connect(to address: LinkAddress) async throws -> any LinkConnection {
        let real = try board.resolve(address, from: node)
        let connection = try await inner.connect(to: real)
        let peer = NodeID(rawValue: address.host) ?? node
        let switched = SwitchedConnection(connection, board: board, pair: LinkSwitchboard.Pair(node, peer))
        board.add(switched, switched.pair)
        return switched
    }

    func listen(on address: LinkAddress) async throws -> any LinkListener {
        let listener = try await inner.listen(on: LinkAddress(host: "127.0.0.1", port: 0))
        board.register(address.host, at: listener.address)
        return listener
    }

    func listen(on address: LinkAddress, door: Door) async throws -> any LinkListener {
        let listener = try await inner.listen(on: LinkAddress(host: "127.0.0.1", port: 0), door: door)
        board.register(address.host, at: listener.address)
        return listener
    }
}

/// The dialler's end of a connection that a test can break and slow.
final class SwitchedConnection: LinkConnection {
    let pair: LinkSwitchboard.Pair
    private let inner: any LinkConnection
    private let board: LinkSwitchboard

    init(_ inner: any LinkConnection, board: LinkSwitchboard, pair: LinkSwitchboard.Pair) {
        self.inner = inner
        self.board = board
        self.pair = pair
    }

    var remoteAddress: String { inner.remoteAddress }

    func authenticate() async throws -> PeerIdentity {
        try await inner.authenticate()
    }

    func receive() async throws -> [UInt8]? {
        let bytes = try await inner.receive()
        try await board.pass(pair)
        return bytes
    }

    func send(_ bytes: [UInt8]) async throws {
        try await board.pass(pair)
        try await inner.send(bytes)
    }

    func close(sending last: [UInt8]) {
        inner.close(sending: last)
    }

    /// Ends the connection without a word, as a broken line does.
    func sever() {
        inner.close(sending: [])
    }
}
