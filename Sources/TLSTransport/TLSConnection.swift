import Effects
import Links
import NIOCore
import Synchronization

/// One connection over TLS: the bytes between an event loop and a link.
///
/// Both directions are bounded: reading stops while the link has more than ``inboxBytes`` to take, and `send` waits
/// while more than ``unsentBytes`` have not left for the kernel.
final class TLSConnection: LinkConnection {
    private struct State {
        var identity: Result<PeerIdentity, LinkEnding>?
        var inbox: [[UInt8]] = []
        var inboxBytes = 0
        var isPaused = false
        var unsentBytes = 0
        var ending: LinkEnding?
        var isClosed = false
    }

    let remoteAddress: String
    private let channel: any Channel
    private let state = Mutex(State())
    private let identified = Wakeup()
    private let readable = Wakeup()
    private let writable = Wakeup()

    init(channel: any Channel, remoteAddress: String) {
        self.channel = channel
        self.remoteAddress = remoteAddress
    }

    // MARK: What the link does

    func authenticate() async throws -> PeerIdentity {
        while true {
            try Task.checkCancellation()
            let (identity, ending) = state.withLock { ($0.identity, $0.ending) }
            if let identity { return try identity.get() }
            if let ending { throw ending }
            await identified.wait()
        }
    }

    func receive() async throws -> [UInt8]? {
        while true {
            try Task.checkCancellation()
            let (bytes, resumes) = try state.withLock { state -> ([UInt8]?, Bool) in
                guard !state.isClosed else { return ([], false) }
                guard !state.inbox.isEmpty else {
                    if let ending = state.ending { throw ending }
                    return (nil, false)
                }
                var bytes = state.inbox[0]
                bytes.reserveCapacity(state.inboxBytes)
                for piece in state.inbox.dropFirst() { bytes.append(contentsOf: piece) }
                state.inbox = []
                state.inboxBytes = 0
                let resumes = state.isPaused
                state.isPaused = false
                return (bytes, resumes)
            }
            if resumes { channel.setOption(.autoRead, value: true).whenFailure { _ in } }
            if let bytes { return bytes.isEmpty ? nil : bytes }
            await readable.wait()
        }
    }

    func send(_ bytes: [UInt8]) async throws {
        while true {
            try Task.checkCancellation()
            let isTaken = try state.withLock { state in
                guard !state.isClosed else { throw LinkEnding(.connectionLost, "the connection is closed") }
                if let ending = state.ending { throw ending }
                guard state.unsentBytes < Self.unsentBytes else { return false }
                state.unsentBytes += bytes.count
                return true
            }
            if isTaken { break }
            await writable.wait()
        }
        channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { [self] _ in
            state.withLock { $0.unsentBytes -= bytes.count }
            writable.wake()
        }
    }

    func close(sending last: [UInt8]) {
        let isFirst = state.withLock { state in
            defer {
                state.isClosed = true
                state.inbox = []
            }
            return !state.isClosed
        }
        guard isFirst else { return }
        for waiting in [identified, readable, writable] { waiting.wake() }
        ended(LinkEnding(.connectionLost, "the connection is closed"))
        guard !last.isEmpty else {
            channel.close(promise: nil)
            return
        }
        let channel = channel
        // Paused reading must go on, or the peer's own goodbye would keep the socket open.
        channel.setOption(.autoRead, value: true).whenFailure { _ in }
        channel.writeAndFlush(ByteBuffer(bytes: last)).whenComplete { _ in channel.close(promise: nil) }
        channel.eventLoop.scheduleTask(in: .milliseconds(Self.lastWordsMilliseconds)) { channel.close(promise: nil) }
    }

    // MARK: What the loop says

    func authenticated(_ identity: Result<PeerIdentity, LinkEnding>) {
        state.withLock { $0.identity = identity }
        identified.wake()
    }

    /// - Returns: whether reading is to stop.
    func received(_ bytes: [UInt8]) -> Bool {
        let pauses = state.withLock { state in
            guard !state.isClosed, !bytes.isEmpty else { return false }
            state.inbox.append(bytes)
            state.inboxBytes += bytes.count
            guard state.inboxBytes > Self.inboxBytes, !state.isPaused else { return false }
            state.isPaused = true
            return true
        }
        readable.wake()
        return pauses
    }

    func ended(_ ending: LinkEnding) {
        state.withLock { state in
            if state.ending == nil { state.ending = ending }
        }
        for waiting in [identified, readable, writable] { waiting.wake() }
    }

    private static let inboxBytes = 256 << 10
    private static let unsentBytes = 64 << 10
    private static let lastWordsMilliseconds: Int64 = 1_000
}
