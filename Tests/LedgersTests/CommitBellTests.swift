import Effects
import Ledgers
import Testing

struct CommitBellTests {
    @Test("a ring wakes everybody who waits")
    func wakes() async {
        let bell = CommitBell()
        let time = ManualTime()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { await bell.wait(since: 0, orMilliseconds: 60_000, time: time) } }
            while time.sleeperCount < 20 { await Task.yield() }
            bell.ring()
            await group.waitForAll()
        }
        #expect(bell.count == 1)
        while time.sleeperCount > 0 { await Task.yield() }
    }

    @Test("whoever missed a ring does not wait")
    func missed() async {
        let bell = CommitBell()
        bell.ring()
        await bell.wait(since: 0, orMilliseconds: .max / 2_000_000, time: ManualTime())
        #expect(bell.count == 1)
    }

    @Test("a wait ends when its time has passed")
    func timeout() async {
        let bell = CommitBell()
        let time = ManualTime()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bell.wait(since: 0, orMilliseconds: 500, time: time) }
            while time.sleeperCount < 1 { await Task.yield() }
            time.advance(milliseconds: 499)
            #expect(time.sleeperCount == 1)
            time.advance(milliseconds: 1)
            await group.waitForAll()
        }
        #expect(bell.count == 0)
    }

    @Test("a cancelled wait ends, before and after it began to wait")
    func cancellation() async {
        let bell = CommitBell()
        let time = ManualTime()
        for isLate in [false, true] {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await bell.wait(since: 0, orMilliseconds: 60_000, time: time) }
                if isLate { while time.sleeperCount < 1 { await Task.yield() } }
                group.cancelAll()
                await group.waitForAll()
            }
        }
        while time.sleeperCount > 0 { await Task.yield() }
    }

    @Test("a ledger rings after each commit and not for a failed one")
    func commits() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        // Opening a ledger may be a commit as well.
        let opened = ledger.bell.count
        try await ledger.append([.note("a")])
        #expect(ledger.bell.count == opened + 1)
        let missing = EntryID(batch: BatchIdentity(chain: Fixture.chain(Fixture.dale), sequence: 0), index: 0)
        await #expect(throws: Failure("ledger.unknownCause", "")) { try await ledger.append([.void([missing])]) }
        #expect(ledger.bell.count == opened + 1)
        try await ledger.append([.note("b")])
        #expect(ledger.bell.count == opened + 2)
    }
}
