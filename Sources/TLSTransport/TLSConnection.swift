import Doors
import Effects
import Links
import NIOCore
import Synchronization

/// One connection over TLS: the bytes between an event loop and a link.
///
/// Both directions are bounded: reading stops while the link has more than ``inboxBytes`` to take, and `send` waits
/// while more than ``sendBytes`` have not left for the kernel.
final class TLSConnection: DrivenConnection {
    private struct State {
        var identity: Result<PeerIdentity, LinkEnding>?
        var inbox: [[UInt8]] = []
        var inboxBytes = 0
        var isPaused = false
        var unsentBytes = 0
        var ending: LinkEnding?
        var isClosed = false
        var driver: (any LinkDriver)?
        /// Whether something that was written could not leave at once.
        var isWriteWaiting = false
    }

    let remoteAddress: String
    var loop: any LinkLoop { ownLoop }
    private let ownLoop: TLSLoop
    let permit: DoorPermit?
    private let channel: any Channel
    private let state = Mutex(State())
    private let identified = Wakeup()
    private let readable = Wakeup()
    private let writable = Wakeup()

    init(channel: any Channel, remoteAddress: String, permit: DoorPermit? = nil) {
        self.channel = channel
        self.permit = permit
        ownLoop = TLSLoop(channel.eventLoop)
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
                guard state.unsentBytes < Self.sendBytes else { return false }
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

    // MARK: What a link does that is driven

    func drive(_ driver: any LinkDriver) {
        loop.run { [self] in
            let (bytes, resumes, ending) = state.withLock { state in
                state.driver = driver
                let bytes = state.inbox.flatMap { $0 }
                state.inbox = []
                state.inboxBytes = 0
                let resumes = state.isPaused
                state.isPaused = false
                return (bytes, resumes, state.ending)
            }
            driver.received(bytes)
            driver.paused()
            if resumes { channel.setOption(.autoRead, value: true).whenFailure { _ in } }
            if let ending { driver.ended(ending) }
        }
    }

    var isHandingOver: Bool { ownLoop.isGathering }

    var unsentBytes: Int { state.withLock { $0.unsentBytes } }

    func write(_ bytes: [UInt8]) {
        let isOpen = state.withLock { state in
            guard !state.isClosed, state.ending == nil else { return false }
            state.unsentBytes += bytes.count
            return true
        }
        guard isOpen else { return }
        channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { [self] _ in
            let driver = state.withLock { state in
                let wasWaiting = state.isWriteWaiting
                state.unsentBytes -= bytes.count
                return wasWaiting && state.unsentBytes == 0 ? state.driver : nil
            }
            driver?.drained()
        }
        // What leaves at once is not told: the writer sees it and goes on by itself.
        state.withLock { $0.isWriteWaiting = $0.unsentBytes > 0 }
    }

    // MARK: What the loop says

    func authenticated(_ identity: Result<PeerIdentity, LinkEnding>) {
        state.withLock { $0.identity = identity }
        identified.wake()
    }

    /// - Returns: whether reading is to stop.
    func received(_ bytes: [UInt8]) -> Bool {
        let (pauses, driver) = state.withLock { state -> (Bool, (any LinkDriver)?) in
            guard !state.isClosed, !bytes.isEmpty else { return (false, nil) }
            if let driver = state.driver { return (false, driver) }
            state.inbox.append(bytes)
            state.inboxBytes += bytes.count
            guard state.inboxBytes > Self.inboxBytes, !state.isPaused else { return (false, nil) }
            state.isPaused = true
            return (true, nil)
        }
        if let driver {
            ownLoop.gather()
            driver.received(bytes)
        } else {
            readable.wake()
        }
        return pauses
    }

    /// Everything that had arrived was handed over.
    func paused() {
        ownLoop.runGathered()
        state.withLock { $0.driver }?.paused()
        ownLoop.endGathering()
    }

    func ended(_ ending: LinkEnding) {
        let driver = state.withLock { state in
            if state.ending == nil { state.ending = ending }
            defer { state.driver = nil }
            return state.driver
        }
        driver?.ended(ending)
        // No `paused` may follow, and tasks that wait for it would wait for ever.
        if ownLoop.isCurrent { ownLoop.endGathering() } else { ownLoop.run { self.ownLoop.endGathering() } }
        for waiting in [identified, readable, writable] { waiting.wake() }
    }

    private static let inboxBytes = 64 << 10
    private static let sendBytes = 64 << 10
    private static let lastWordsMilliseconds: Int64 = 1_000
}
