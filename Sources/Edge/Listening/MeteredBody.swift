import Doors
import Effects
import HummingbirdCore
import NIOCore
import Synchronization

/// What the body of one request holds of the bytes of all listeners.
final class RequestBytes: Sendable {
    static let busy: Failure.Code = "listener.busy"

    /// Of the request that is being answered by this task.
    @TaskLocal static var current: RequestBytes?

    private let holding = Mutex<ByteHolding?>(nil)
    /// Whether what came of the body is handed on and forgotten; then a window of it counts, once.
    private let streaming = Mutex<(isStreamed: Bool, isCounted: Bool)>((false, false))

    /// What comes of the body is handed on as it comes: it holds no more than a window, and makes no room for others.
    func stream() { streaming.withLock { $0.isStreamed = true } }

    /// Takes room for more of the body.
    ///
    /// - Throws: `listener.busy` where there is none.
    func take(_ bytes: Int) throws {
        guard let visit = Visit.current else { return }
        let (isStreamed, isCounted) = streaming.withLock { state in
            defer { state.isCounted = state.isStreamed }
            return state
        }
        if isStreamed, isCounted { return }
        let bytes = isStreamed ? Limits.streamedBodyWindowBytes : bytes
        let holding = holding.withLock { held in
            if held == nil { held = visit.openMessage() }
            return held
        }
        guard holding?.take(bytes) ?? true else { throw Self.failure }
        if isStreamed { holding?.settle() }
    }

    /// All of the body has come.
    ///
    /// - Throws: `listener.busy` where it had to make room for others.
    func settle() throws {
        guard holding.withLock({ $0 })?.settle() ?? true else { throw Self.failure }
    }

    private static var failure: Failure {
        Failure(
            busy, "the node is taking as many long messages as it has memory for; try again in a few seconds")
    }
}

/// A request's body that takes its room before it is read, and tells a client that waits with it to go on.
struct MeteredBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    private let base: RequestBody
    private let bytes: RequestBytes
    /// What the request says that comes; nil where it does not, or says more than anybody gets.
    private let announcedBytes: Int?

    init(_ request: Request, _ bytes: RequestBytes) {
        base = request.body
        self.bytes = bytes
        announcedBytes = request.headers[.contentLength].flatMap { Int($0) }.flatMap { length in
            (0...Limits.listenerBytesAtLeast).contains(length) ? length : nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), bytes: bytes, announcedBytes: announcedBytes)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: RequestBody.AsyncIterator
        fileprivate let bytes: RequestBytes
        fileprivate let announcedBytes: Int?
        private var isBegun = false

        fileprivate init(base: RequestBody.AsyncIterator, bytes: RequestBytes, announcedBytes: Int?) {
            self.base = base
            self.bytes = bytes
            self.announcedBytes = announcedBytes
        }

        mutating func next() async throws -> ByteBuffer? {
            if !isBegun {
                isBegun = true
                if let announcedBytes { try bytes.take(announcedBytes) }
                Visit.current?.wantBody()
            }
            guard let buffer = try await base.next() else {
                try bytes.settle()
                return nil
            }
            if announcedBytes == nil { try bytes.take(buffer.readableBytes) }
            return buffer
        }
    }
}
