import Effects
import Logging
import Regions
import Synchronization

/// Counts whom a node refused, and writes it to the log as often as somebody can read it.
final class LinkRefusals: Sendable {
    private struct Budget {
        var lines = LinkRefusals.linesAtOnce
        var since: MonotonicTime
        var unwritten = 0
    }

    private struct State {
        var counts: [String: Int] = [:]
        var budgets: [String: Budget] = [:]
    }

    private let logger: Logger
    private let time: any TimeSource
    private let state = Mutex(State())

    init(logger: Logger, time: any TimeSource) {
        self.logger = logger
        self.time = time
    }

    var counts: [String: Int] { state.withLock { $0.counts } }

    func note(_ ending: LinkEnding, address: String, node: NodeID?) {
        let now = time.monotonicTime
        let unwritten = state.withLock { state -> Int? in
            let label = ending.reason.label
            state.counts[label, default: 0] += 1
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
        guard let unwritten else { return }
        var metadata: Logger.Metadata = [
            "reason": "\(ending.reason)", "detail": "\(ending)", "address": "\(address)",
            "peer": "\(node?.rawValue ?? "unknown")",
        ]
        if unwritten > 0 { metadata["refusedSinceTheLastLine"] = "\(unwritten)" }
        logger.warning("a link was refused", metadata: metadata)
    }

    private static let linesAtOnce = 30
    private static let millisecondsPerLine: Int64 = 500
}
