import Effects
import Regions
import SQLiteStorage
import Storage
import Synchronization
import Testing
import Wire

@testable import Ledgers

/// Runs tasks one after the other, in the order in which they are resumed.
private final class InOrder: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isRunning = false
    }

    private let state = Mutex(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let runs = state.withLock { state in
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        guard runs else { return }
        while let next = next() { next.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    private func next() -> UnownedJob? {
        state.withLock { state in
            state.isRunning = !state.jobs.isEmpty
            return state.jobs.isEmpty ? nil : state.jobs.removeFirst()
        }
    }
}

struct GroupCommitTests {
    /// A ledger before whose store stands a gate, and the order in which its commands ran.
    final class Bench: Sendable {
        let fixture: Fixture
        let gate: GatedStore
        let ledger: Ledger
        let log = Mutex<[String]>([])

        init(time: (any TimeSource)? = nil) async throws {
            fixture = try Fixture()
            var world = fixture.world
            world.time = time ?? fixture.time
            let store = try SQLiteStore(path: fixture.path("gated"), world: fixture.world, onBroken: { _ in })
            gate = GatedStore(store)
            ledger = try await Ledger.open(
                Ledger.Setup(
                    node: Fixture.hill, store: gate, region: fixture.registry, key: try fixture.key(Fixture.hill),
                    projections: ProjectionSet([NoteProjection()]), world: world))
        }

        func command(_ name: String, lane: Lane, sizeBytes: Int = 1_000) async throws -> EntryID {
            try await ledger.write(lane: lane, sizeBytes: sizeBytes) { [self] transaction in
                log.withLock { $0.append(name) }
                return try transaction.append(.note(name))
            }
        }

        /// Waits until the first command stands before the gate and `count` others wait behind it.
        func settle(_ count: Int) async {
            while gate.waiting == 0 { await Task.yield() }
            while await ledger.commandsWaiting < count { await Task.yield() }
        }
    }

    @Test("a thousand concurrent commands are all durable, in few batches, each with an id of its own")
    func thousand() async throws {
        let bench = try await Bench()
        let before = bench.gate.writes
        let ids = try await withThrowingTaskGroup(of: EntryID.self) { group in
            for index in 0..<1_000 { group.addTask { try await bench.command("\(index)", lane: .bulk) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(ids).count == 1_000)
        #expect(bench.gate.writes - before < 200)
        try await bench.gate.close()

        let again = try await bench.fixture.open(Fixture.hill, name: "gated")
        #expect(try await again.noteCount == 1_000)
        for id in ids.prefix(20) { #expect(try await again.entry(id) != nil) }
        let check = try await again.verify()
        #expect(check.isSound)
        #expect(check.chains.map(\.entries) == [1_000])
        #expect(check.chains.map(\.batches).allSatisfy { $0 < 200 })
    }

    @Test("commands of one lane get their places in the order in which they came")
    func order() async throws {
        let bench = try await Bench()
        bench.gate.shut()
        let ids = try await withThrowingTaskGroup(of: (Int, EntryID).self) { group in
            for index in 0..<20 {
                group.addTask { (index, try await bench.command("\(index)", lane: .bulk)) }
                await bench.settle(index)
            }
            bench.gate.open()
            return try await group.reduce(into: [Int: EntryID]()) { $0[$1.0] = $1.1 }
        }
        #expect(ids.sorted { $0.value < $1.value }.map(\.key) == Array(0..<20))
        #expect(Set(ids.values.map(\.batch.sequence)) == [0, 1])
    }

    @Test("whoever leads the next commit goes on before those whose commands are done")
    func leaderFirst() async throws {
        let bench = try await Bench()
        bench.gate.shut()
        let before = bench.gate.writes
        // The last has no room in the commit of the three before it.
        let sizes = ["first": 1 << 20, "b1": 1 << 20, "b2": 1 << 20, "b3": 1 << 20, "last": 3 << 20]
        let executor = InOrder()
        let commits = try await withThrowingTaskGroup(of: (String, Int).self) { group in
            for (index, name) in ["first", "b1", "b2", "b3", "last"].enumerated() {
                group.addTask(executorPreference: executor) {
                    _ = try await bench.command(name, lane: .bulk, sizeBytes: sizes[name] ?? 0)
                    return (name, bench.gate.writes - before)
                }
                await bench.settle(index)
            }
            bench.gate.open()
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(bench.log.withLock { $0 } == ["first", "b1", "b2", "b3", "last"])
        #expect(commits["b2"] == 3)
        #expect(commits["b3"] == 3)
    }

    @Test("an author that sends hundreds of batches keeps others waiting for one of them each time")
    func authorsTakeTurns() async throws {
        let bench = try await Bench()
        bench.gate.shut()
        let log = Mutex<[String]>([])
        func commands(_ author: NodeID, _ count: Int) -> [(
            sizeBytes: Int, author: NodeID, body: @Sendable (LedgerTransaction) throws -> Void
        )] {
            (0..<count).map { _ in (1 << 20, author, { _ in log.withLock { $0.append(author.rawValue) } }) }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await bench.command("first", lane: .bulk) }
            await bench.settle(0)
            for (author, count, before) in [(Fixture.vale, 30, 0), (Fixture.dale, 3, 30)] {
                let mine = commands(author, count)
                group.addTask { _ = try await bench.ledger.write(lane: .bulk, commands: mine) }
                await bench.settle(before + count)
            }
            bench.gate.open()
            try await group.waitForAll()
        }
        let order = log.withLock { $0 }
        #expect(order.count == 33)
        #expect(order.prefix(6) == ["vale", "dale", "vale", "dale", "vale", "dale"])
    }

    @Test("what others call clinical runs only so long in one commit, and this node's own comes before it")
    func foreignClinical() async throws {
        let clock = WorkClock()
        let bench = try await Bench(time: clock)
        bench.gate.shut()
        let before = bench.gate.writes
        let log = Mutex<[String]>([])
        typealias Command = (sizeBytes: Int, author: NodeID, body: @Sendable (LedgerTransaction) throws -> Void)
        let commands = (0..<10).map { number -> Command in
            let body: @Sendable (LedgerTransaction) throws -> Void = { _ in
                log.withLock { $0.append("\(number)") }
                // What a hostile batch may take to fold.
                clock.work(50)
            }
            return (1_000, Fixture.vale, body)
        }
        let own: @Sendable (LedgerTransaction) throws -> Void = { _ in log.withLock { $0.append("own") } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await bench.command("first", lane: .bulk) }
            await bench.settle(0)
            group.addTask { _ = try await bench.ledger.write(lane: .clinical, commands: commands) }
            await bench.settle(10)
            group.addTask { try await bench.ledger.write(lane: .clinical, own) }
            await bench.settle(11)
            bench.gate.open()
            try await group.waitForAll()
        }
        #expect(log.withLock { $0 }.first == "own")
        #expect(Array(log.withLock { $0 }.dropFirst()) == (0..<10).map { "\($0)" })
        // One commit for the first, and two of others' to each that follows.
        #expect(bench.gate.writes - before == 6)
    }

    @Test("a clinical command overtakes waiting bulk, and bulk is capped in bytes per commit")
    func clinicalFirst() async throws {
        let bench = try await Bench()
        bench.gate.shut()
        let names = [("first", Lane.bulk), ("b1", .bulk), ("b2", .bulk), ("b3", .bulk), ("c1", .clinical)]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, (name, lane)) in names.enumerated() {
                group.addTask { _ = try await bench.command(name, lane: lane, sizeBytes: 3 << 20) }
                await bench.settle(index)
            }
            bench.gate.open()
            try await group.waitForAll()
        }
        #expect(bench.log.withLock { $0 } == ["first", "c1", "b1", "b2", "b3"])
        let bulk = try await bench.ledger.ownBatches(lane: .bulk)
        #expect(
            try bulk.map { try bench.fixture.inspected($0).entries.map(\.subject) } == [
                ["first"], ["b1"], ["b2"], ["b3"],
            ])
    }

    /// A clock that moves only when a command of the test says so.
    final class WorkClock: TimeSource {
        private let milliseconds = Mutex<Int64>(1_790_000_000_000)

        var wallTime: WallTime { WallTime(milliseconds: milliseconds.withLock { $0 }) }
        var monotonicTime: MonotonicTime { MonotonicTime(nanoseconds: milliseconds.withLock { $0 } * 1_000_000) }

        func work(_ duration: Int64) { milliseconds.withLock { $0 += duration } }

        func sleep(until deadline: MonotonicTime) async throws { try Task.checkCancellation() }
    }

    /// Names of commands by the commit in which they ran, in order.
    final class CommitLog: Sendable {
        private let commits = Mutex<[[String]]>([])

        func ran(_ name: String, in commit: Int) {
            commits.withLock { commits in
                while commits.count < commit { commits.append([]) }
                commits[commit - 1].append(name)
            }
        }

        var names: [[String]] { commits.withLock { $0.filter { !$0.isEmpty } } }
    }

    @Test("a commit takes bulk for a bounded time, and what had no time comes first in the next")
    func bulkIsCappedInMilliseconds() async throws {
        let clock = WorkClock()
        let bench = try await Bench(time: clock)
        let log = CommitLog()
        let each = Limits.bulkMillisecondsPerCommit / 2
        bench.gate.shut()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<6 {
                group.addTask {
                    try await bench.ledger.write(lane: .bulk) { transaction in
                        clock.work(each)
                        log.ran("b\(index)", in: bench.gate.writes)
                        _ = try transaction.append(.note("b\(index)"))
                    }
                }
                await bench.settle(index)
            }
            bench.gate.open()
            try await group.waitForAll()
        }
        #expect(log.names == [["b0"], ["b1", "b2"], ["b3", "b4"], ["b5"]])
        #expect(try await bench.ledger.verify().isSound)
    }

    @Test("while bulk saturates the store, a clinical command is in the very next commit")
    func clinicalIsInTheNextCommit() async throws {
        let clock = WorkClock()
        let bench = try await Bench(time: clock)
        let log = CommitLog()
        bench.gate.shut()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<40 {
                group.addTask {
                    try await bench.ledger.write(lane: .bulk) { transaction in
                        clock.work(Limits.bulkMillisecondsPerCommit / 8)
                        log.ran("b\(index)", in: bench.gate.writes)
                        _ = try transaction.append(.note("b\(index)"))
                        guard index == 3 else { return }
                        // The second commit runs; somebody clinical comes in the middle of it.
                        bench.gate.shut()
                    }
                }
                await bench.settle(index)
            }
            bench.gate.open()
            while bench.gate.waiting == 0 { await Task.yield() }
            group.addTask {
                try await bench.ledger.write(lane: .clinical) { transaction in
                    log.ran("urgent", in: bench.gate.writes)
                    _ = try transaction.append(.note("urgent"))
                }
            }
            let waiting = await bench.ledger.commandsWaiting
            while await bench.ledger.commandsWaiting <= waiting { await Task.yield() }
            bench.gate.open()
            try await group.waitForAll()
        }
        let names = log.names
        let commit = try #require(names.firstIndex { $0.contains("urgent") })
        #expect(names[commit].first == "urgent")
        // The commit that stood before the gate when it came was taken without it; it is in the one after.
        let before = try #require(names.firstIndex { $0.contains("b3") })
        #expect(commit <= before + 2)
        #expect(names.allSatisfy { $0.count { $0 != "urgent" } <= 8 })
        #expect(names.joined().count { $0 != "urgent" } == 40)
    }

    @Test(
        "a failing command leaves no trace and does not harm its neighbours in the same commit",
        arguments: ["failure", "plain error", "constraint", "after a full batch"])
    func failing(way: String) async throws {
        let bench = try await Bench()
        bench.gate.shut()
        let (before, after) = try await withThrowingTaskGroup(of: (String, EntryID?).self) { group in
            group.addTask { ("first", try await bench.command("first", lane: .bulk)) }
            await bench.settle(0)
            group.addTask { ("before", try await bench.command("before", lane: .bulk)) }
            await bench.settle(1)
            group.addTask {
                await #expect(throws: (any Error).self) {
                    try await bench.ledger.write(lane: .bulk) { transaction in
                        try transaction.append(.note("trace"))
                        guard way == "after a full batch" else { return try transaction.append(.brittle(way)) }
                        for _ in 0..<Limits.batchEntries { try transaction.append(.note("trace")) }
                        throw Failure("test.refused", "the command changed its mind")
                    }
                }
                return ("failing", nil)
            }
            await bench.settle(2)
            group.addTask { ("after", try await bench.command("after", lane: .bulk)) }
            await bench.settle(3)
            bench.gate.open()
            let ids = try await group.reduce(into: [String: EntryID]()) { $0[$1.0] = $1.1 }
            return (try #require(ids["before"]), try #require(ids["after"]))
        }
        #expect(before.batch == after.batch)
        #expect([before.index, after.index] == [0, 1])
        #expect(try await bench.ledger.noteCount == 3)
        let check = try await bench.ledger.verify()
        #expect(check.isSound)
        #expect(check.chains.map(\.entries) == [3])
    }

    @Test("entries of one commit that took a while keep their times through a refold")
    func tickingClock() async throws {
        let bench = try await Bench(time: TickingTime())
        bench.gate.shut()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<10 { group.addTask { _ = try await bench.command("\(index)", lane: .bulk) } }
            await bench.settle(9)
            bench.gate.open()
            try await group.waitForAll()
        }
        #expect(try await bench.ledger.positions().map(\.nextSequence) == [2])
        let before = try await bench.ledger.tables()
        try await bench.ledger.refold()
        #expect(try await bench.ledger.tables() == before)
    }

    @Test("a full queue refuses bulk with a word, and still takes clinical commands")
    func overload() async throws {
        let bench = try await Bench()
        bench.gate.shut()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await bench.command("first", lane: .bulk) }
            await bench.settle(0)
            for _ in 0..<Limits.appendQueueEntries {
                group.addTask { _ = try await bench.command("waiting", lane: .bulk, sizeBytes: 10) }
            }
            await bench.settle(Limits.appendQueueEntries)
            await #expect(throws: Failure("ledger.overloaded", "")) {
                try await bench.command("too much", lane: .bulk)
            }
            group.addTask { _ = try await bench.command("urgent", lane: .clinical) }
            await bench.settle(Limits.appendQueueEntries + 1)
            bench.gate.open()
            try await group.waitForAll()
        }
        #expect(bench.log.withLock { $0.prefix(2) } == ["first", "urgent"])
        #expect(try await bench.ledger.noteCount == Int64(Limits.appendQueueEntries) + 2)
    }
}
