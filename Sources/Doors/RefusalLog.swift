package import Effects
package import Logging
import Synchronization

/// Counts who was refused for which reason, and writes it to the log as often as somebody can read it.
///
/// One line for an address and a reason, then at most one a minute with how many there were meanwhile; whatever comes from
/// however many addresses, at most thirty lines at once and two a second.
package final class RefusalLog: Sendable {
    /// What was refused.
    package struct Refusal: Sendable {
        /// From a bounded set: it stands in metrics.
        package var label: String
        package var address: String
        package var metadata: Logger.Metadata

        package init(_ label: String, address: String, metadata: Logger.Metadata = [:]) {
            self.label = label
            self.address = address
            self.metadata = metadata
        }
    }

    private struct Source: Hashable {
        var label: String
        var address: String
    }

    private struct Line {
        var writtenAt: MonotonicTime
        var unwritten = 0
    }

    private struct Budget {
        var lines = RefusalLog.linesAtOnce
        var since: MonotonicTime
        var unwritten = 0
    }

    private struct State {
        var counts: [String: Int] = [:]
        var lines: [Source: Line] = [:]
        var budgets: [String: Budget] = [:]
    }

    private let message: Logger.Message
    private let logger: Logger
    private let time: any TimeSource
    private let state = Mutex(State())

    /// - Parameter message: what each line says.
    package init(_ message: Logger.Message, logger: Logger, time: any TimeSource) {
        self.message = message
        self.logger = logger
        self.time = time
    }

    /// Since the start, by label.
    package var counts: [String: Int] { state.withLock { $0.counts } }

    package func note(_ refusal: Refusal) {
        let now = time.monotonicTime
        guard let unwritten = state.withLock({ lineIsDue(refusal, now, &$0) }) else { return }
        var metadata = refusal.metadata
        metadata["address"] = "\(refusal.address)"
        if unwritten > 0 { metadata["refusedSinceTheLastLine"] = "\(unwritten)" }
        logger.warning(message, metadata: metadata)
    }

    /// - Returns: how many went without a line before this one; nil where this one does too.
    private func lineIsDue(_ refusal: Refusal, _ now: MonotonicTime, _ state: inout State) -> Int? {
        state.counts[refusal.label, default: 0] += 1
        let source = Source(label: refusal.label, address: refusal.address)
        if var line = state.lines[source], now.milliseconds(since: line.writtenAt) < Self.againMilliseconds {
            line.unwritten += 1
            state.lines[source] = line
            return nil
        }
        guard let passedOver = spend(refusal.label, now, &state) else { return nil }
        let own = state.lines[source]?.unwritten ?? 0
        if state.lines[source] == nil, state.lines.count >= Self.sources {
            let oldest = state.lines.min { $0.value.writtenAt < $1.value.writtenAt }?.key
            if let oldest { state.lines[oldest] = nil }
        }
        state.lines[source] = Line(writtenAt: now)
        return own + passedOver
    }

    /// Takes a line out of the label's budget.
    private func spend(_ label: String, _ now: MonotonicTime, _ state: inout State) -> Int? {
        var budget = state.budgets[label] ?? Budget(since: now)
        let refilled = now.milliseconds(since: budget.since) / Self.millisecondsPerLine
        if refilled > 0 {
            budget.lines = min(Self.linesAtOnce, budget.lines + Int(min(refilled, 1_000)))
            budget.since = now
        }
        defer { state.budgets[label] = budget }
        guard budget.lines > 0 else {
            budget.unwritten += 1
            return nil
        }
        budget.lines -= 1
        defer { budget.unwritten = 0 }
        return budget.unwritten
    }

    private static let linesAtOnce = 30
    private static let millisecondsPerLine: Int64 = 500
    private static let againMilliseconds: Int64 = 60_000
    private static let sources = 256
}

/// Why somebody is not let in at a ``Door``, or has to leave.
package enum DoorRefusal: Error, Hashable, Sendable {
    /// As many as may be there without having proved themselves are there, and none of them has had its time.
    case tooManyUnproven(Int)
    /// The same of one address.
    case tooManyFromAddress(Int)
    /// Everybody who is there has proved itself and has something in hand.
    case full(Int)
    /// As many as one identity may have are there, and each has something in hand.
    case tooManyOfIdentity(Int)
    /// The process has hardly a file descriptor left; see ``DoorHouse``.
    case noDescriptors
    /// The place was needed for somebody else.
    case madeRoom

    /// A word for metrics and logs.
    package var label: String {
        switch self {
        case .tooManyUnproven: "too_many_unproven"
        case .tooManyFromAddress: "too_many_from_address"
        case .full: "full"
        case .tooManyOfIdentity: "too_many_of_identity"
        case .noDescriptors: "no_descriptors"
        case .madeRoom: "made_room"
        }
    }

    /// Every label that there is.
    package static let labels = [
        DoorRefusal.tooManyUnproven(0), .tooManyFromAddress(0), .full(0), .tooManyOfIdentity(0), .noDescriptors,
        .madeRoom,
    ].map(\.label)
}
