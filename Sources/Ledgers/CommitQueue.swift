import Effects
import Regions
import Storage
import Synchronization
import Trust
import Wire

/// Group commit: whatever waits when the disk is ready goes into the next commit.
///
/// Whoever finds nobody committing leads; the others wait and are told, or are handed the lead. Under low load a
/// commit carries one command and nobody waits; under high load thousands. The disk is a lane too: clinical commands go
/// first, and a commit takes only so many bytes and so many milliseconds of bulk; fewer where somebody clinical waits.
actor CommitQueue {
    /// How a batch commit runs; given by the ledger.
    struct Runner: Sendable {
        var makeRun: @Sendable ([Lane: LaneHead], any SQLTransaction) throws -> CommitRun
        var time: any TimeSource
    }

    typealias Command = @Sendable (LedgerTransaction) throws -> any Sendable
    typealias Outcome = Result<any Sendable, any Error>

    /// Commands that were handed over together and are answered together.
    private final class Submission {
        var outcomes: [Outcome?]
        var left: Int
        /// Told when all are done or it is to lead; nil where nobody waits, as for whoever leads.
        var told: Wakeup?

        init(count: Int) {
            outcomes = Array(repeating: nil, count: count)
            left = count
        }

        /// - Returns: whether this was the last of its outcomes.
        func settle(_ slot: Int, _ outcome: Outcome) -> Bool {
            outcomes[slot] = outcome
            left -= 1
            return left == 0
        }
    }

    private struct Item {
        var submission: Submission
        var slot: Int
        var work: GroupCommit.Work
    }

    private let store: any Store
    private let runner: Runner
    private let changes: LedgerChanges
    private let advances: ChainAdvances
    private var heads: [Lane: LaneHead]
    private var urgent = FairQueue<NodeID?, Item>()
    private var bulk = FairQueue<NodeID?, Item>()
    private var hasLeader = false
    /// How long commits took.
    nonisolated let durations = DurationClock()
    /// How many clinical commands wait; read by the commit that is running.
    private let urgentWaiting = UrgentCount()

    init(store: any Store, runner: Runner, heads: [Lane: LaneHead], changes: LedgerChanges, advances: ChainAdvances) {
        self.changes = changes
        self.store = store
        self.runner = runner
        self.heads = heads
        self.advances = advances
    }

    var depth: Int { urgent.count + bulk.count }

    /// Runs `body` in the next commit that has room and returns when it is durable.
    ///
    /// - Throws: what `body` throws; `ledger.overloaded` where too many commands wait already.
    func submit<Value: Sendable>(
        lane: Lane, sizeBytes: Int, _ body: @escaping @Sendable (LedgerTransaction) throws -> Value
    ) async throws -> Value {
        let outcomes = try await submit([GroupCommit.Work(lane: lane, sizeBytes: sizeBytes) { try body($0) }])
        guard let value = try outcomes.first?.get() as? Value else {
            throw Failure("ledger.commit", "a command gave a value of another type than it declared")
        }
        return value
    }

    /// Runs commands one after the other, each in the next commit that has room for it, and returns when all are
    /// durable or failed.
    ///
    /// - Throws: `ledger.overloaded` where too many commands wait already; none of them has run then.
    func submit(_ works: [GroupCommit.Work]) async throws -> [Outcome] {
        guard let lane = works.first?.lane else { return [] }
        guard (lane == .bulk ? bulk : urgent).count < Limits.appendQueueEntries else {
            throw Failure(
                "ledger.overloaded", "too many commands wait for the disk", remedy: "send again in a few seconds")
        }
        let submission = Submission(count: works.count)
        for (slot, work) in works.enumerated() {
            let item = Item(submission: submission, slot: slot, work: work)
            if work.lane == .bulk { bulk.append(item, of: work.author) } else { urgent.append(item, of: work.author) }
        }
        urgentWaiting.set(urgent.count)
        if hasLeader {
            let told = Wakeup()
            submission.told = told
            // What was handed over is committed, whether or not anybody still wants to know.
            await told.wait(since: 0, isCancellable: false)
            if submission.left == 0 { return submission.outcomes.compactMap { $0 } }
        }
        hasLeader = true
        return await lead(until: submission)
    }

    /// Commits groups until the leader's own commands are done, then hands the lead on.
    private func lead(until submission: Submission) async -> [Outcome] {
        while submission.left > 0 {
            let group = takeGroup()
            let outcomes = await commit(group.map(\.work))
            var done: [Submission] = []
            for (item, outcome) in zip(group, outcomes) where item.submission.settle(item.slot, outcome) {
                done.append(item.submission)
            }
            putBack(Array(group.dropFirst(outcomes.count)))
            // Who leads on is resumed first: behind hundreds whose commands are done the disk would wait for them all.
            if submission.left == 0 { handOn() }
            for other in done { other.told?.wake() }
        }
        return submission.outcomes.compactMap { $0 }
    }

    private func handOn() {
        if let next = urgent.first ?? bulk.first {
            next.submission.told?.wake()
        } else {
            hasLeader = false
        }
    }

    /// Own clinical commands, then others' by turns, then bulk by turns.
    private func takeGroup() -> [Item] {
        var (own, foreign): ([Item], [Item]) = ([], [])
        while let item = urgent.popFirst() {
            if item.work.author == nil { own.append(item) } else { foreign.append(item) }
        }
        urgentWaiting.set(0)
        var group = own + foreign
        var bytes = 0
        while let next = bulk.first {
            if bytes > 0, bytes + next.work.sizeBytes > Limits.bulkBytesPerCommit { break }
            guard let item = bulk.popFirst() else { break }
            bytes += item.work.sizeBytes
            group.append(item)
        }
        return group
    }

    /// What the commit had no time for comes first in the next one.
    private func putBack(_ items: [Item]) {
        guard !items.isEmpty else { return }
        urgent.putBack(items.filter { $0.work.lane != .bulk }.map { ($0, $0.work.author) })
        bulk.putBack(items.filter { $0.work.lane == .bulk }.map { ($0, $0.work.author) })
        urgentWaiting.set(urgent.count)
    }

    private func commit(_ group: [GroupCommit.Work]) async -> [Outcome] {
        let group = GroupCommit(works: group, runner: runner, heads: heads, urgentWaiting: urgentWaiting)
        let began = runner.time.monotonicTime
        do {
            let result: GroupCommit.Committed
            do {
                result = try await store.write { sql in try group.run(isolating: false, in: sql) }
            } catch is GroupCommit.NeedsIsolation {
                result = try await store.write { sql in try group.run(isolating: true, in: sql) }
            }
            durations.add(milliseconds: runner.time.monotonicTime.milliseconds(since: began))
            heads = result.heads
            advances.note(result.advanced)
            changes.wake(result.changes, result.advanced)
            return result.outcomes
        } catch let failed as GroupCommit.OnlyCommandFailed {
            return [.failure(failed.error)]
        } catch {
            return group.works.map { _ in .failure(error) }
        }
    }
}

/// A queue in which everybody who has put something in takes turns, however much each of them has there.
///
/// What one has put in keeps its order.
struct FairQueue<Origin: Hashable, Element> {
    private var lines: [Origin: ArraySlice<Element>] = [:]
    /// Who has something here, in the order of their turns.
    private var turns: ArraySlice<Origin> = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// The element whose turn it is.
    var first: Element? { turns.first.flatMap { lines[$0]?.first } }

    mutating func append(_ element: Element, of origin: Origin) {
        if lines[origin] == nil { turns.append(origin) }
        lines[origin, default: []].append(element)
        count += 1
    }

    /// Takes the element whose turn it is.
    mutating func popFirst() -> Element? {
        guard let origin = turns.popFirst(), var line = lines.removeValue(forKey: origin),
            let element = line.popFirst()
        else { return nil }
        count -= 1
        if !line.isEmpty {
            lines[origin] = line
            turns.append(origin)
        }
        return element
    }

    /// Puts elements back that were taken and had no room; they stand before everything else of theirs, and their
    /// owners' turns come first.
    ///
    /// - Parameter elements: in the order in which they were taken.
    mutating func putBack(_ elements: [(element: Element, origin: Origin)]) {
        for (element, origin) in elements.reversed() {
            lines[origin] = [element] + (lines[origin] ?? [])
            turns.removeAll { $0 == origin }
            turns.insert(origin, at: turns.startIndex)
            count += 1
        }
    }
}

extension FairQueue: Sendable where Origin: Sendable, Element: Sendable {}
