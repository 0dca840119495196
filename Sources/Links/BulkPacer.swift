import Effects

/// How much bulk may be under way: as much as fills the path without filling the queues on it (LEDBAT, RFC 6817).
///
/// Probes go out among the bulk and come back with the receiver's clock; what a probe took more than the fastest of the
/// last minutes is the time that its bytes stood in queues, mostly the router's, which nobody else sees. The window
/// grows while that is below ``targetNanoseconds`` and shrinks above, down to ``leastBytes``, so that bulk always moves.
struct BulkPacer: Sendable {
    private struct Probe: Sendable {
        var sentAt: Int64
        var sentBytes: UInt64
    }

    private(set) var windowBytes = Self.firstBytes
    private(set) var queueingNanoseconds: Int64 = 0
    private var sentBytes: UInt64 = 0
    private var arrivedBytes: UInt64 = 0
    private var probedBytes: UInt64 = 0
    private var probes: [Probe] = []
    /// The fastest delay of each of the last minutes, the newest last; only differences mean anything.
    private var base: [Int64] = []
    private var minute: Int64 = 0
    private var recent: [Int64] = []
    private var isStarting = true

    var underWayBytes: Int { Int(sentBytes - arrivedBytes) }

    /// The longest bulk frame that may go out now, or nil where none may.
    var allowedBytes: Int? {
        let fragment = min(LinkProtocol.fragmentBytes, max(Self.leastFragmentBytes, windowBytes / 4))
        guard underWayBytes == 0 || underWayBytes + fragment <= windowBytes else { return nil }
        return fragment
    }

    /// Whether a probe should follow what was sent.
    var wantsProbe: Bool {
        let since = Int(sentBytes - probedBytes)
        return since > 0 && since >= min(windowBytes / 4, Self.probeEveryBytes) && probes.count < Self.probesLimit
    }

    mutating func sent(_ bytes: Int) {
        sentBytes += UInt64(bytes)
    }

    mutating func probed(at now: MonotonicTime) {
        probes.append(Probe(sentAt: now.nanoseconds, sentBytes: sentBytes))
        probedBytes = sentBytes
    }

    /// A probe came back.
    ///
    /// - Parameter receivedAt: the receiver's clock when it came there, or nil where the receiver did not say; then the
    ///   way back counts too.
    /// - Returns: whether there was such a probe.
    mutating func returned(_ sentAt: Int64, receivedAt: Int64?, now: MonotonicTime) -> Bool {
        guard let index = probes.firstIndex(where: { $0.sentAt == sentAt }) else { return false }
        let probe = probes[index]
        probes.removeFirst(index + 1)
        let wasFull = underWayBytes * 2 >= windowBytes
        let arrived = Int(probe.sentBytes - arrivedBytes)
        arrivedBytes = probe.sentBytes
        note((receivedAt ?? now.nanoseconds) &- sentAt, now: now)
        adjust(arrived: arrived, wasFull: wasFull)
        return true
    }

    private mutating func note(_ delay: Int64, now: MonotonicTime) {
        let thisMinute = now.nanoseconds / 60_000_000_000
        if base.isEmpty || thisMinute != minute {
            minute = thisMinute
            base.append(delay)
            if base.count > Self.baseMinutes { base.removeFirst() }
        } else {
            base[base.count - 1] = min(base[base.count - 1], delay)
        }
        recent.append(delay)
        if recent.count > Self.recentSamples { recent.removeFirst() }
        // One slow probe is the scheduler's; several are a queue.
        // Both rest on the peer's clock, and what it says of that may be anything.
        let queueing = (recent.min() ?? delay).subtractingReportingOverflow(base.min() ?? delay)
        queueingNanoseconds = queueing.overflow ? 0 : min(max(0, queueing.partialValue), Limits.queueingNanoseconds)
    }

    private mutating func adjust(arrived: Int, wasFull: Bool) {
        let excess = Double(Self.targetNanoseconds - queueingNanoseconds) / Double(Self.targetNanoseconds)
        if queueingNanoseconds * 2 > Self.targetNanoseconds { isStarting = false }
        let change: Double
        if excess < 0 {
            change = max(excess, -1) * Double(arrived) / 2
        } else if !wasFull {
            change = 0
        } else if isStarting {
            change = Double(arrived)
        } else {
            change = excess * Double(arrived) * Double(Self.stepBytes) / Double(windowBytes)
        }
        windowBytes = min(Self.mostBytes, max(Self.leastBytes, windowBytes + Int(change)))
    }

    /// The queueing that bulk may cause.
    ///
    /// LEDBAT allows up to 100 ms; a clinical frame waits in the same queue, so it is far less here.
    static let targetNanoseconds: Int64 = 10_000_000
    static let firstBytes = 64 << 10
    static let leastBytes = 8 << 10
    static let mostBytes = 4 << 20
    private static let leastFragmentBytes = 2 << 10
    private static let stepBytes = 16 << 10
    private static let probeEveryBytes = 64 << 10
    private static let probesLimit = 256
    private static let baseMinutes = 10
    private static let recentSamples = 4
}

/// Watches that a peer that owes the rest of a message sends at a rate that is worth waiting for.
///
/// Everything that it sends counts, because a message may rightly wait behind others.
struct LeastPace: Sendable {
    private var began: MonotonicTime?
    private var bytes = 0

    /// When the rate is judged next; nil while nothing is owed.
    var deadline: MonotonicTime? { began?.advanced(byMilliseconds: Limits.leastPaceMilliseconds) }

    mutating func received(_ count: Int, now: MonotonicTime, isOwed: Bool) {
        guard isOwed else {
            began = nil
            return
        }
        if began == nil {
            began = now
            bytes = 0
        }
        bytes += count
    }

    mutating func isTooSlow(now: MonotonicTime, isOwed: Bool) -> Bool {
        guard isOwed, let deadline, deadline <= now else { return false }
        let least = Limits.leastLinkBytesPerSecond * Int(Limits.leastPaceMilliseconds / 1_000)
        defer {
            began = now
            bytes = 0
        }
        return bytes < least
    }
}
