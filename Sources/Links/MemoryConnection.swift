import Effects

/// One end of a connection within a process.
final class MemoryConnection: LinkConnection {
    let remoteAddress: String
    private let peer: PeerIdentity
    private let incoming: MemoryPipe
    private let outgoing: MemoryPipe

    init(peer: PeerIdentity, remoteAddress: String, incoming: MemoryPipe, outgoing: MemoryPipe) {
        self.peer = peer
        self.remoteAddress = remoteAddress
        self.incoming = incoming
        self.outgoing = outgoing
    }

    func authenticate() async throws -> PeerIdentity { peer }

    func receive() async throws -> [UInt8]? {
        try await incoming.receive()
    }

    func send(_ bytes: [UInt8]) async throws {
        try await outgoing.send(bytes)
    }

    func close(sending last: [UInt8]) {
        outgoing.close(sending: last)
        incoming.abort()
    }
}
