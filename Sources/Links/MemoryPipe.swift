import Effects
import Synchronization

/// One direction of a connection within a process: bounded, may be slow, may be held.
final class MemoryPipe: Sendable {
    private struct State {
        var chunks: [(due: MonotonicTime, bytes: [UInt8])] = []
        var waitingBytes = 0
        var isClosed = false
        var isHeld = false
        var delayMilliseconds: Int64 = 0
    }

    private let state = Mutex(State())
    private let time: any TimeSource
    private let readable = Wakeup()
    private let writable = Wakeup()

    init(time: any TimeSource) {
        self.time = time
    }

    /// Takes bytes; suspends while the reader is too far behind.
    func send(_ bytes: [UInt8]) async throws {
        while true {
            try Task.checkCancellation()
            let taken = try state.withLock { state in
                guard !state.isClosed else { throw Failure("link.closed", "the connection is closed") }
                guard state.waitingBytes < Self.boundBytes else { return false }
                append(bytes, &state)
                return true
            }
            if taken { break }
            await writable.wait()
        }
        readable.wake()
    }

    func close(sending last: [UInt8]) {
        state.withLock { state in
            guard !state.isClosed else { return }
            if !last.isEmpty { append(last, &state) }
            state.isClosed = true
        }
        readable.wake()
        writable.wake()
    }

    /// Ends the pipe and drops what it holds, as a broken connection does.
    func abort() {
        state.withLock { state in
            state.chunks = []
            state.isClosed = true
            state.isHeld = false
        }
        readable.wake()
        writable.wake()
    }

    func set(delayMilliseconds: Int64) {
        state.withLock { $0.delayMilliseconds = delayMilliseconds }
    }

    /// Holds what is sent until it is let go, as a network does that loses every packet.
    func set(isHeld: Bool) {
        state.withLock { $0.isHeld = isHeld }
        readable.wake()
    }

    func receive() async throws -> [UInt8]? {
        while true {
            let next = state.withLock { state -> Next in
                guard !state.isHeld else { return .nothing }
                guard let first = state.chunks.first else {
                    return state.isClosed ? .end : .nothing
                }
                guard first.due <= time.monotonicTime else { return .later(first.due) }
                state.chunks.removeFirst()
                state.waitingBytes -= first.bytes.count
                return .bytes(first.bytes)
            }
            switch next {
            case .bytes(let bytes):
                writable.wake()
                return bytes
            case .end: return nil
            case .later(let due): try await time.sleep(until: due)
            case .nothing:
                try Task.checkCancellation()
                await readable.wait()
            }
        }
    }

    private enum Next {
        case bytes([UInt8])
        case later(MonotonicTime)
        case nothing
        case end
    }

    private func append(_ bytes: [UInt8], _ state: inout State) {
        state.chunks.append((time.monotonicTime.advanced(byMilliseconds: state.delayMilliseconds), bytes))
        state.waitingBytes += bytes.count
    }

    private static let boundBytes = 256 << 10
}

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
