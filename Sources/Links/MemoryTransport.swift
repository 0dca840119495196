import Effects
import Synchronization

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
    private struct State {
        var waiting: [MemoryConnection] = []
        var isClosed = false
    }

    let address: LinkAddress
    let identity: PeerIdentity
    private let state = Mutex(State())
    private let arrived = Wakeup()

    init(address: LinkAddress, identity: PeerIdentity) {
        self.address = address
        self.identity = identity
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    func offer(_ connection: MemoryConnection) {
        let isTaken = state.withLock { state in
            guard !state.isClosed, state.waiting.count < Limits.halfOpenLinks else { return false }
            state.waiting.append(connection)
            return true
        }
        if isTaken {
            arrived.wake()
        } else {
            connection.close(sending: [])
        }
    }

    func accept() async throws -> (any LinkConnection)? {
        while true {
            let (connection, isClosed) = state.withLock { state in
                (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed)
            }
            if let connection { return connection }
            if isClosed || Task.isCancelled { return nil }
            await arrived.wait()
        }
    }

    func close() {
        let left = state.withLock { state in
            state.isClosed = true
            let left = state.waiting
            state.waiting = []
            return left
        }
        for connection in left { connection.close(sending: []) }
        arrived.wake()
    }
}
