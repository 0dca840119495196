import Effects
import Ledgers
import Testing

struct LedgerChangesTests {
    @Test("a ledger wakes whoever waits after each commit, and not for a failed one")
    func commits() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        // Opening a ledger may be a commit as well.
        let opened = ledger.changes.count
        try await ledger.append([.note("a")])
        #expect(ledger.changes.count == opened + 1)
        let missing = EntryID(batch: BatchIdentity(chain: Fixture.chain(Fixture.dale), sequence: 0), index: 0)
        await #expect(throws: Failure("ledger.unknownCause", "")) { try await ledger.append([.void([missing])]) }
        #expect(ledger.changes.count == opened + 1)
        try await ledger.append([.note("b")])
        #expect(ledger.changes.count == opened + 2)
    }
}
