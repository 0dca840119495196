import Effects
import Links

/// One direction of a connection in a simulation: bounded, with delay and rate, and silent while its way is cut.
final class SimulatedPipe: @unchecked Sendable {
    private struct Chunk {
        var due: MonotonicTime
        var bytes: [UInt8]
    }

    private let scheduler: Scheduler
    private let way: SimulatedWay
    private var chunks: [Chunk] = []
    private var start = 0
    private var waitingBytes = 0
    private(set) var isClosed = false
    /// When the last byte that was sent will be there.
    private var lastDue = MonotonicTime(nanoseconds: 0)
    private let readable = Wakeup()
    private let writable = Wakeup()

    init(_ scheduler: Scheduler, way: SimulatedWay) {
        self.scheduler = scheduler
        self.way = way
        way.add(self)
    }

    func send(_ bytes: [UInt8]) async throws {
        while true {
            try Task.checkCancellation()
            guard !isClosed else { throw Failure("link.closed", "the connection is closed") }
            if waitingBytes < Self.boundBytes { break }
            await writable.wait()
        }
        append(bytes)
    }

    func receive() async throws -> [UInt8]? {
        while true {
            if start < chunks.count, !way.isCut {
                // Whoever sent it wakes the receiver when it is there.
                if chunks[start].due <= scheduler.now { return takeFirst() }
            } else if start == chunks.count, isClosed {
                return nil
            }
            try Task.checkCancellation()
            await readable.wait()
        }
    }

    func close(sending last: [UInt8]) {
        guard !isClosed else { return }
        if !last.isEmpty { append(last) }
        isClosed = true
        wake()
    }

    /// Ends the pipe and drops what is under way.
    func abort() {
        chunks = []
        start = 0
        waitingBytes = 0
        isClosed = true
        wake()
    }

    func wake() {
        readable.wake()
        writable.wake()
    }

    private func append(_ bytes: [UInt8]) {
        let sending = max(lastDue, scheduler.now).nanoseconds + Int64(bytes.count) * 1_000_000_000 / way.bytesPerSecond
        let jitter = Int64(scheduler.random.number(below: UInt64(max(1, way.delayMilliseconds)) * 250_000))
        let due = max(sending, scheduler.now.nanoseconds + way.delayMilliseconds * 1_000_000 + jitter)
        lastDue = MonotonicTime(nanoseconds: due)
        chunks.append(Chunk(due: lastDue, bytes: bytes))
        waitingBytes += bytes.count
        scheduler.at(lastDue) { [readable] in readable.wake() }
    }

    private func takeFirst() -> [UInt8] {
        let bytes = chunks[start].bytes
        chunks[start].bytes = []
        start += 1
        if start == chunks.count {
            chunks.removeAll(keepingCapacity: true)
            start = 0
        }
        waitingBytes -= bytes.count
        writable.wake()
        return bytes
    }

    private static let boundBytes = 256 << 10
}

/// How bytes go from one node to another: what faults change.
final class SimulatedWay: @unchecked Sendable {
    var delayMilliseconds: Int64
    var bytesPerSecond: Int64
    /// Nothing arrives, and nobody is told.
    var isCut = false {
        didSet { if !isCut { for pipe in pipes { pipe.wake() } } }
    }
    private var pipes: [SimulatedPipe] = []

    init(delayMilliseconds: Int64, bytesPerSecond: Int64) {
        self.delayMilliseconds = delayMilliseconds
        self.bytesPerSecond = bytesPerSecond
    }

    func add(_ pipe: SimulatedPipe) {
        pipes.removeAll { $0.isClosed }
        pipes.append(pipe)
    }

    /// Ends every connection that uses this way.
    func breakConnections() {
        for pipe in pipes { pipe.abort() }
        pipes = []
    }
}
