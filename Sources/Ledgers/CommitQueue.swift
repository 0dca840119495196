import Effects
import Regions
import Storage
import Trust
import Wire

/// Group commit: whatever waits when the disk is ready goes into the next commit.
///
/// Whoever finds nobody committing leads; the others wait and are told, or are handed the lead. Under low load a
/// commit carries one command and nobody waits; under high load thousands. The disk is a lane too: clinical commands go
/// first, and a commit takes only so many bytes of bulk.
actor CommitQueue {
    /// How a batch commit runs; given by the ledger.
    struct Runner: Sendable {
        var makeRun: @Sendable ([Lane: LaneHead], any SQLTransaction) throws -> CommitRun
        var now: @Sendable () -> WallTime
    }

    private enum Turn: Sendable {
        case lead
        case done(Result<any Sendable, any Error>)
    }

    private struct Item: Sendable {
        var id: UInt64
        var lane: Lane
        var sizeBytes: Int
        var body: @Sendable (LedgerTransaction) throws -> any Sendable
        var continuation: CheckedContinuation<Turn, Never>?
    }

    private let store: any Store
    private let runner: Runner
    private let bell: CommitBell
    private var heads: [Lane: LaneHead]
    private var waiting: [Item] = []
    private var hasLeader = false
    private var nextID: UInt64 = 0

    /// Most bytes of bulk in one commit.
    private static let bulkBytesPerCommit = 4 << 20

    init(store: any Store, runner: Runner, heads: [Lane: LaneHead], bell: CommitBell) {
        self.bell = bell
        self.store = store
        self.runner = runner
        self.heads = heads
    }

    var depth: Int { waiting.count }

    /// Runs `body` in the next commit that has room and returns when it is durable.
    ///
    /// - Throws: what `body` throws; `ledger.overloaded` where too many commands wait already.
    func submit<Value: Sendable>(
        lane: Lane, sizeBytes: Int, _ body: @escaping @Sendable (LedgerTransaction) throws -> Value
    ) async throws -> Value {
        guard hasRoom(for: lane) else {
            throw Failure(
                "ledger.overloaded", "too many commands wait for the disk", remedy: "send again in a few seconds")
        }
        nextID += 1
        let id = nextID
        let item = Item(id: id, lane: lane, sizeBytes: sizeBytes, body: { try body($0) }, continuation: nil)
        if hasLeader {
            let turn = await withCheckedContinuation { continuation in
                var queued = item
                queued.continuation = continuation
                waiting.append(queued)
            }
            if case .done(let result) = turn { return try Self.value(of: result) }
        } else {
            hasLeader = true
            waiting.append(item)
        }
        return try Self.value(of: await lead(until: id))
    }

    /// Bulk fills the queue up to its limit; what is not bulk has a limit of its own, so that bulk never shuts it out.
    private func hasRoom(for lane: Lane) -> Bool {
        guard waiting.count >= Limits.appendQueueEntries else { return true }
        guard lane != .bulk else { return false }
        return waiting.count { $0.lane != .bulk } < Limits.appendQueueEntries
    }

    /// Commits groups until the leader's own command is done, then hands the lead on.
    private func lead(until id: UInt64) async -> Result<any Sendable, any Error> {
        var own: Result<any Sendable, any Error>?
        while own == nil {
            let group = takeGroup()
            let results = await commit(group)
            for (item, result) in zip(group, results) {
                if item.id == id { own = result }
                item.continuation?.resume(returning: .done(result))
            }
        }
        if let index = waiting.firstIndex(where: { $0.continuation != nil }) {
            let next = waiting[index].continuation
            waiting[index].continuation = nil
            next?.resume(returning: .lead)
        } else {
            hasLeader = false
        }
        return own ?? .failure(CancellationError())
    }

    private func takeGroup() -> [Item] {
        var group = waiting.filter { $0.lane != .bulk }
        var taken = Set(group.map(\.id))
        var bytes = 0
        for item in waiting where item.lane == .bulk {
            if bytes > 0, bytes + item.sizeBytes > Self.bulkBytesPerCommit { break }
            bytes += item.sizeBytes
            group.append(item)
            taken.insert(item.id)
        }
        waiting.removeAll { taken.contains($0.id) }
        return group
    }

    private func commit(_ group: [Item]) async -> [Result<any Sendable, any Error>] {
        do {
            let (results, heads) = try await store.write { [runner, heads] sql in
                let run = try runner.makeRun(heads, sql)
                let now = runner.now()
                var results: [Result<any Sendable, any Error>] = []
                for item in group {
                    let result = Result<any Sendable, any Error> {
                        try run.run(lane: item.lane, now: now, in: sql, item.body)
                    }
                    if let broken = Self.storeFailure(result) { throw broken }
                    results.append(result)
                }
                try run.seal(in: sql)
                return (results, run.heads)
            }
            self.heads = heads
            bell.ring()
            return results
        } catch {
            return group.map { _ in .failure(error) }
        }
    }

    private static func storeFailure(_ result: Result<any Sendable, any Error>) -> Failure? {
        guard case .failure(let error) = result, let failure = error as? Failure, failure.endsTheStore else {
            return nil
        }
        return failure
    }

    private static func value<Value>(of result: Result<any Sendable, any Error>) throws -> Value {
        guard let value = try result.get() as? Value else {
            throw Failure("ledger.commit", "a command gave a value of another type than it declared")
        }
        return value
    }
}
