package import Effects
package import Ledgers
package import Regions
import Synchronization

/// The last word of every node below this one; in memory alone, and of nobody else.
///
/// A report is taken from the child on whose side its node lies, and from nobody else. An older one never takes the place
/// of a newer one, and one that is said again makes nothing younger.
package final class ReportBoard: Sendable {
    package struct Word: Sendable {
        package var signed: SignedNodeReport
        /// When the author's parent heard it, by this node's clock.
        package var heardAt: MonotonicTime
        package var report: NodeReport { signed.report }
    }

    private struct State {
        var words: [NodeID: Word] = [:]
        /// Until when a child is not listened to.
        var penalties: [NodeID: MonotonicTime] = [:]
    }

    private let node: NodeID
    private let region: any RegionView
    private let time: any TimeSource
    private let state = Mutex(State())

    package init(node: NodeID, region: any RegionView, time: any TimeSource) {
        self.node = node
        self.region = region
        self.time = time
    }

    package func word(of node: NodeID) -> Word? { state.withLock { $0.words[node] } }

    /// Takes what a child says of itself and of those below it.
    ///
    /// A bundle with one report that it may not bring has no effect from there on, and the child is not listened to for a
    /// while: what a hostile one can make this node compute is bounded.
    ///
    /// - Throws: `nodeReport.notBelow`, `nodeReport.unsigned`, `nodeReport.clock`, `nodeReport.tooOften`.
    package func take(_ bundle: ReportBundle, from child: NodeID) throws {
        let now = time.monotonicTime
        let isPunished = state.withLock { state in
            state.penalties[child].map { now < $0 } ?? false
        }
        guard !isPunished else {
            throw Failure("nodeReport.tooOften", "a node is not listened to for a while", place: child.rawValue)
        }
        do {
            for item in bundle.items { try take(item, from: child, now: now) }
        } catch {
            state.withLock {
                $0.penalties[child] = now.advanced(byMilliseconds: Limits.reportPenaltyMilliseconds)
            }
            throw error
        }
    }

    private func take(_ item: ReportBundle.Item, from child: NodeID, now: MonotonicTime) throws {
        let report = item.report.report
        let tree = region.tree(at: time.wallTime)
        guard tree.parent(of: child) == node, report.node == child || tree.isAncestor(child, of: report.node) else {
            throw Failure(
                "nodeReport.notBelow", "a node speaks of one that is not below it", place: report.node.rawValue)
        }
        let heardAt = now.advanced(byMilliseconds: -Int64(item.agoMilliseconds))
        let known = word(of: report.node)
        // Looked at before the signature is: what says nothing new costs nothing.
        if let known {
            guard report.madeAt > known.report.madeAt,
                heardAt.milliseconds(since: known.heardAt) >= Limits.reportPauseMilliseconds
            else { return }
        }
        let saidAt = time.wallTime.advanced(byMilliseconds: -Int64(item.agoMilliseconds))
        guard abs(report.madeAt.milliseconds(since: saidAt)) <= Limits.reportClockMilliseconds else {
            // Not its bearer's fault.
            return try refuseClock(report, from: child)
        }
        guard item.report.isSigned(by: region) else {
            throw Failure(
                "nodeReport.unsigned", "a report is not signed by the node that it is of", place: report.node.rawValue)
        }
        state.withLock { $0.words[report.node] = Word(signed: item.report, heardAt: heardAt) }
    }

    /// A child is told that its own clock is wrong; that of somebody below it is passed over.
    private func refuseClock(_ report: NodeReport, from child: NodeID) throws {
        guard report.node == child else { return }
        throw Failure(
            "nodeReport.clock", "a node's clock differs too far for its report", place: report.node.rawValue)
    }

    /// The words that were not passed on yet; those of whoever is not below any more are forgotten.
    ///
    /// - Parameter passed: when what was passed on last was made, by node.
    func words(besides passed: [NodeID: WallTime]) -> [Word] {
        let below = Set(region.tree(at: time.wallTime).descendants(of: node))
        return state.withLock { state in
            state.words = state.words.filter { below.contains($0.key) }
            state.penalties = state.penalties.filter { below.contains($0.key) }
            return state.words.values.filter { passed[$0.report.node] != $0.report.madeAt }
                .sorted { $0.report.node < $1.report.node }
        }
    }
}
