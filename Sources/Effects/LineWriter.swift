import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes lines to a descriptor from a thread of its own: whoever hands one over never waits for who reads them.
///
/// At most ``Limits/waitingLogBytes`` wait. What finds no room is dropped, lines of less weight at three quarters of it;
/// what is dropped or cannot be written is counted, and a line says so once there is room again.
package final class LineWriter: Sendable {
    /// What a line is worth where room is short.
    package enum Weight: Sendable {
        case ordinary
        case important
    }

    private struct Line {
        var bytes: [UInt8]
        /// How many lines were dropped before it, where it is the notice that says so.
        var dropped: Int?
    }

    private struct State {
        var lines: [Line] = []
        var heldBytes = 0
        var isWriting = false
        /// A line was written in part when the disk was full.
        var isInsideLine = false
        /// Dropped, and not yet told of.
        var dropped = 0
        var droppedTotal: UInt64 = 0
    }

    private let state = Mutex(State())
    private let queue: DispatchQueue
    private let work = DispatchGroup()
    private let descriptor: Int32
    private let limitBytes: Int
    private let notice: @Sendable (_ dropped: Int) -> String

    /// - Parameters:
    ///   - name: what the thread is called.
    ///   - notice: the line that says how many were dropped, with its line end.
    package init(
        descriptor: Int32, name: String, limitBytes: Int = Limits.waitingLogBytes,
        notice: @escaping @Sendable (_ dropped: Int) -> String
    ) {
        self.descriptor = descriptor
        self.limitBytes = limitBytes
        self.notice = notice
        queue = DispatchQueue(label: "yilian.\(name)")
    }

    /// How many lines were dropped since the start.
    package var droppedCount: UInt64 { state.withLock { $0.droppedTotal } }

    /// Whether lines were dropped of which nobody could be told yet: nobody reads.
    package var isDropping: Bool { state.withLock { $0.dropped > 0 } }

    /// Hands a line over, with its line end; never waits.
    package func write(_ text: String, _ weight: Weight = .ordinary) {
        let line = Line(bytes: Array(text.utf8), dropped: nil)
        let mustStart = state.withLock { state in
            let room = weight == .important ? limitBytes : limitBytes / 4 * 3
            guard state.heldBytes + line.bytes.count <= room else {
                Self.drop(&state)
                return false
            }
            if state.heldBytes <= limitBytes / 2 { tellOfDropped(&state) }
            Self.add(line, &state)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if mustStart { queue.async(group: work) { [self] in drain() } }
    }

    /// Waits until everything is written, or until the time is over.
    ///
    /// - Returns: whether everything is written.
    @discardableResult
    package func flush(milliseconds: Int) -> Bool {
        work.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
    }

    private static func add(_ line: Line, _ state: inout State) {
        state.lines.append(line)
        state.heldBytes += line.bytes.count
        LastLines.add(line.bytes.count)
    }

    private static func drop(_ state: inout State) {
        state.dropped += 1
        state.droppedTotal += 1
    }

    private func tellOfDropped(_ state: inout State) {
        guard state.dropped > 0 else { return }
        Self.add(Line(bytes: Array(notice(state.dropped).utf8), dropped: state.dropped), &state)
        state.dropped = 0
    }

    private func drain() {
        var isBroken = false
        while true {
            let lines = state.withLock { state in
                // After a write that failed the notice waits for a line that comes later: trying at once would not end.
                if state.lines.isEmpty, !isBroken { tellOfDropped(&state) }
                defer { state.lines = [] }
                if state.lines.isEmpty { state.isWriting = false }
                return state.lines
            }
            guard !lines.isEmpty else { return }
            for line in lines {
                let isInsideLine = state.withLock { $0.isInsideLine }
                let written = write(isInsideLine ? [UInt8(ascii: "\n")] + line.bytes : line.bytes)
                isBroken = written.remaining > 0
                state.withLock { state in
                    state.heldBytes -= line.bytes.count
                    state.isInsideLine = isBroken && (isInsideLine || written.count > 0)
                    guard isBroken else { return }
                    // A notice that is lost is no further loss: its lines were counted when they were dropped.
                    if let dropped = line.dropped { state.dropped += dropped } else { Self.drop(&state) }
                }
                LastLines.add(-line.bytes.count)
            }
        }
    }

    /// Writes everything, unless the reader is gone or the disk is full.
    private func write(_ bytes: [UInt8]) -> (count: Int, remaining: Int) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Self.systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                offset += count
            } else if count < 0, errno == EAGAIN {
                // Somebody made it non-blocking; this thread may wait.
                var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&wanted, 1, -1)
            } else if errno != EINTR {
                break
            }
        }
        return (offset, bytes.count - offset)
    }

    #if canImport(Glibc)
        private static let systemWrite = Glibc.write
    #else
        private static let systemWrite = Darwin.write
    #endif
}
