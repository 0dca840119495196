import Effects
import Regions
import Storage
import Synchronization
import Wire

/// One transaction for many commands.
///
/// First the commands run without savepoints, which cost more than a small command does. Where one of several fails,
/// the transaction is undone and runs once more with a savepoint around each; so a command may run twice, and may
/// touch nothing but its transaction.
struct GroupCommit: Sendable {
    /// One command.
    struct Work: Sendable {
        var lane: Lane
        var sizeBytes: Int
        /// Whose batch it takes in; nil for what this node writes itself.
        var author: NodeID?
        var body: CommitQueue.Command

        init(lane: Lane, sizeBytes: Int, author: NodeID? = nil, body: @escaping CommitQueue.Command) {
            self.lane = lane
            self.sizeBytes = sizeBytes
            self.author = author
            self.body = body
        }
    }

    /// What became of the commands that were run; the others had no room.
    struct Committed: Sendable {
        var outcomes: [CommitQueue.Outcome]
        var heads: [Lane: LaneHead]
        var advanced: [ChainPosition]
        var changes: Set<TablePart>
    }

    /// Some command failed; the group runs again, each command for itself.
    struct NeedsIsolation: Error {}

    /// The group's only command failed; the transaction was undone with it.
    struct OnlyCommandFailed: Error {
        var error: any Error
    }

    var works: [Work]
    var runner: CommitQueue.Runner
    var heads: [Lane: LaneHead]
    var urgentWaiting: UrgentCount

    func run(isolating: Bool, in sql: any SQLTransaction) throws -> Committed {
        let run = try runner.makeRun(heads, sql)
        let now = runner.time.wallTime
        let start = runner.time.monotonicTime
        var outcomes: [CommitQueue.Outcome] = []
        var foreignSince: MonotonicTime?
        for work in works {
            if work.lane == .bulk {
                if !outcomes.isEmpty, isOver(since: start) { break }
            } else if work.author != nil {
                // Others' clinical batches have a time of their own, so that this node's entries never take all of it.
                let now = runner.time.monotonicTime
                let since = foreignSince ?? now
                foreignSince = since
                if now.milliseconds(since: since) >= Limits.foreignClinicalMillisecondsPerCommit { break }
            }
            let outcome = CommitQueue.Outcome {
                try isolating
                    ? run.runIsolated(lane: work.lane, now: now, in: sql, work.body)
                    : run.run(lane: work.lane, now: now, in: sql, work.body)
            }
            if case .failure(let error) = outcome {
                if (error as? Failure)?.endsTheStore ?? false { throw error }
                if works.count == 1 { throw OnlyCommandFailed(error: error) }
                if !isolating { throw NeedsIsolation() }
            }
            outcomes.append(outcome)
        }
        try run.seal(in: sql)
        return Committed(
            outcomes: outcomes, heads: run.heads, advanced: run.advanced, changes: sql.changes)
    }

    /// Whether bulk has had its time in this commit.
    private func isOver(since start: MonotonicTime) -> Bool {
        let limit =
            urgentWaiting.isZero ? Limits.bulkMillisecondsPerCommit : Limits.bulkMillisecondsWhileClinicalWaits
        return runner.time.monotonicTime.milliseconds(since: start) >= limit
    }
}

/// How many clinical commands wait, seen from the writer's thread while a commit runs.
final class UrgentCount: Sendable {
    private let count = Atomic<Int>(0)

    func set(_ value: Int) { count.store(value, ordering: .relaxed) }

    var isZero: Bool { count.load(ordering: .relaxed) == 0 }
}
