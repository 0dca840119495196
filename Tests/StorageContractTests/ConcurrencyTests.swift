import Effects
import Glibc
import Storage
import Synchronization
import Testing

/// A line that a blocked reader or writer waits at until the test lets it pass.
private final class Barrier: Sendable {
    private let isOpen = Atomic(false)

    func open() { isOpen.store(true, ordering: .releasing) }

    func passBlocking() { while !isOpen.load(ordering: .acquiring) { sched_yield() } }

    func pass() async { while !isOpen.load(ordering: .acquiring) { await Task.yield() } }
}

/// How many are inside at once, and how many were at most.
private final class Gauge: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func enter() { state.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }

    func leave() { state.withLock { $0.now -= 1 } }
}

struct ConcurrencyTests {
    @Test("a reader sees one snapshot while others write", arguments: StoreEngine.all)
    func snapshot(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        try await store.write { try $0.insert(1) }
        let (began, written) = (Barrier(), Barrier())
        async let seen = store.read { sql in
            let before = try sql.ids
            began.open()
            written.passBlocking()
            return [before, try sql.ids]
        }
        await began.pass()
        try await store.write { try $0.insert(2) }
        #expect(try await store.ids == [1, 2])
        written.open()
        #expect(try await seen == [[1], [1]])
        #expect(try await store.ids == [1, 2])
    }

    @Test("a reader does not wait for a writer and sees nothing uncommitted", arguments: StoreEngine.all)
    func uncommitted(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        let (began, read) = (Barrier(), Barrier())
        async let writing: Void = store.write { sql in
            try sql.insert(1)
            began.open()
            read.passBlocking()
        }
        await began.pass()
        #expect(try await store.ids == [])
        read.open()
        try await writing
        #expect(try await store.ids == [1])
    }

    @Test("writers go one after the other", arguments: StoreEngine.all)
    func serialised(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        try await store.write { try $0.insert(1, amount: 0) }
        let inside = Gauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await store.write { sql in
                        inside.enter()
                        defer { inside.leave() }
                        let amount = try sql.row("SELECT amount FROM item", [])?.integer(0) ?? 0
                        sched_yield()
                        try sql.execute("UPDATE item SET amount = $1", [amount + 1])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.most == 1)
        #expect(try await store.read { try $0.row("SELECT amount FROM item", [])?.integer(0) } == 100)
    }

    @Test("many readers and a writer get along", arguments: StoreEngine.all)
    func crowd(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 0..<60 {
                group.addTask { try await store.write { try $0.insert(id, data: [UInt8](repeating: 1, count: 5_000)) } }
                group.addTask {
                    let counts = try await store.read { [try $0.ids.count, try $0.ids.count] }
                    #expect(counts[0] == counts[1])
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.ids == Array(0..<60))
        #expect(bench.broken.isEmpty)
    }
}
