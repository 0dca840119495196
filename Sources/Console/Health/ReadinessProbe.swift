import Effects
import Ledgers
import NodeRuntime
import Storage
import Synchronization
import Trust

/// Whether a node can do its work: its ledger key holds and signs, its disk takes and synchronises a write in time, and its
/// neighbours take what it sealed.
///
/// The write goes through the store's own writer, into one row that is written again and again: the ledger does not
/// grow. A check runs when somebody asks and the last one is older than two seconds; a check that hangs is an answer.
package final class ReadinessProbe: Sendable {
    /// One thing that was checked.
    package struct Check: Codable, Sendable, Equatable {
        package var name: String
        package var isSound: Bool
        package var detail: String
        package var milliseconds: Int64
    }

    private struct State {
        var checks: [Check] = []
        var finished: MonotonicTime?
        var count = 0
    }

    private let setup: ConsoleSetup
    private let state = Mutex(State())
    private let wanted = Wakeup()
    private let done = Wakeup()

    static let freshMilliseconds: Int64 = 2_000
    package static let deadlineMilliseconds: Int64 = 5_000

    static let migration = Migration(
        "console", 1, ["CREATE TABLE readiness (id BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL)"])

    /// Makes the row's table.
    package static func open(_ setup: ConsoleSetup) async throws -> ReadinessProbe {
        try await setup.node.setup.store.migrate([migration])
        return ReadinessProbe(setup)
    }

    private init(_ setup: ConsoleSetup) {
        self.setup = setup
    }

    /// Checks whenever somebody asks; until the task is cancelled.
    package func run() async throws {
        while true {
            await wanted.wait()
            try Task.checkCancellation()
            var checks = [await keys(), await disk(), await deliveries()]
            // One row in place of another still fits where nothing else does.
            if let free = setup.freeDiskBytes() { checks.append(DiskRoom(freeBytes: free).check) }
            state.withLock { state in
                state.checks = checks
                state.finished = setup.world.time.monotonicTime
                state.count += 1
            }
            done.wake()
        }
    }

    /// What was found at most two seconds ago, or is found now.
    package func checks() async -> [Check] {
        let began = setup.world.time.monotonicTime
        let before = state.withLock { $0 }
        if let finished = before.finished, began.milliseconds(since: finished) < Self.freshMilliseconds {
            return before.checks
        }
        wanted.wake()
        while true {
            let seen = done.count
            let now = state.withLock { $0 }
            if now.count > before.count { return now.checks }
            let waited = setup.world.time.monotonicTime.milliseconds(since: began)
            guard waited < Self.deadlineMilliseconds, !Task.isCancelled else { break }
            await done.wait(
                since: seen, orMilliseconds: Self.deadlineMilliseconds - waited, time: setup.world.time)
        }
        return [
            Check(
                name: "deadline", isSound: false,
                detail: "no answer from the store's writer within \(Self.deadlineMilliseconds) ms",
                milliseconds: Self.deadlineMilliseconds)
        ]
    }

    private func keys() async -> Check {
        let began = setup.world.time.monotonicTime
        let key = setup.node.context.signingKey
        let message = Array("yilian readiness".utf8)
        let isSound = (try? key.sign(message)).map { key.publicKey.verify(signature: $0, message: message) } ?? false
        var problem = isSound ? nil : "the ledger key does not sign"
        if problem == nil { problem = try? await SealingState.of(setup).keyProblem }
        return Check(
            name: "keys", isSound: problem == nil, detail: problem ?? "ledger key \(key.id) signs and verifies",
            milliseconds: setup.world.time.monotonicTime.milliseconds(since: began))
    }

    /// Whether what this node sealed is taken by its neighbours: a refused batch holds back everything behind it.
    private func deliveries() async -> Check {
        let began = setup.world.time.monotonicTime
        let refused: String?
        do {
            refused = try await SealingState.of(setup).ownRefused.first.map {
                "\($0.neighbour) refuses batch \($0.refusal.batch): \($0.refusal.message) [\($0.refusal.code)]"
            }
        } catch {
            refused = (error as? Failure)?.description ?? "the refused batches cannot be read"
        }
        return Check(
            name: "deliveries", isSound: refused == nil,
            detail: refused ?? "no neighbour refuses what this node sealed",
            milliseconds: setup.world.time.monotonicTime.milliseconds(since: began))
    }

    private func disk() async -> Check {
        let began = setup.world.time.monotonicTime
        let now = setup.now.milliseconds
        var problem: String?
        do {
            try await setup.node.setup.store.write { sql in
                _ = try sql.execute(
                    """
                    INSERT INTO readiness (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at
                    """, [now])
            }
        } catch {
            problem = (error as? Failure)?.description ?? "the write failed"
        }
        return Check(
            name: "disk", isSound: problem == nil, detail: problem ?? "a write was committed and synchronised",
            milliseconds: setup.world.time.monotonicTime.milliseconds(since: began))
    }
}

/// Whether a node's disk has room for what comes in, and how that is said.
///
/// The health port and `node status` ask the same: whoever looks at one of them must not miss it.
struct DiskRoom {
    /// What is left on the disk of the node's data.
    var freeBytes: Int64

    /// Why an operator should look; nil where there is room.
    var problem: String? {
        guard freeBytes < Limits.freeDiskBytes else { return nil }
        return "\(freeBytes >> 20) MiB are free on the disk; make room for at least \(Limits.freeDiskBytes >> 20)"
    }

    var check: ReadinessProbe.Check {
        ReadinessProbe.Check(
            name: "space", isSound: problem == nil, detail: problem ?? "\(freeBytes >> 20) MiB are free",
            milliseconds: 0)
    }
}
