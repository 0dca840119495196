import Effects
import Regions
import Storage
import Testing
import Wire

@testable import Ledgers

/// What an author says later about an entry goes to whoever was granted the entry.
struct FollowUpTests {
    private func waiting(_ ledger: Ledger) async throws -> [Ledgers.Parcels.Waiting] {
        try await ledger.read { try Ledgers.Parcels.waiting(limit: 100, in: $0) }
    }

    private func later(_ cause: EntryID, _ subject: String) -> EntryDraft {
        var draft = EntryDraft.note(subject)
        draft.causes = [cause]
        return draft
    }

    @Test("a later version of a granted entry is sent to those who got it, and only to them")
    func follows() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.east)
        let id = try await ledger.append(.note("a"))
        let other = try await ledger.append(.note("b"))
        let grant = try await ledger.write(lane: .clinical) { try $0.grant([id], to: [Fixture.west, Fixture.dale]) }
        let second = try await ledger.append(later(id, "a"))
        let third = try await ledger.append(later(second, "a"))
        _ = try await ledger.append(later(other, "b"))
        let parcels = try await waiting(ledger)
        #expect(Set(parcels.map(\.entry)) == [id, second, third])
        #expect(parcels.count == 6)
        #expect(parcels.allSatisfy { $0.grant == grant })
    }

    @Test("an entry of another author follows nobody's grant")
    func otherAuthor() async throws {
        let fixture = try Fixture()
        let author = try await fixture.open(Fixture.hill)
        let id = try await author.append(.note("a"))
        let receiver = try await fixture.open(Fixture.east)
        try await receiver.catchUp(with: author)
        _ = try await receiver.write(lane: .clinical) { try $0.grant([id], to: [Fixture.west]) }
        _ = try await receiver.append(later(id, "a"))
        #expect(try await waiting(receiver).map(\.entry) == [id])
        // The author's own word does, also where another node granted the entry.
        let void = try await author.append(later(id, "a"))
        try await receiver.catchUp(with: author)
        #expect(Set(try await waiting(receiver).map(\.entry)) == [id, void])
    }

    @Test("a parcel that was passed on is forgotten thirty days after its delivery; own grants and what waits stay")
    func forgotten() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.east)
        let id = try await ledger.append(.note("a"))
        _ = try await ledger.write(lane: .clinical) { try $0.grant([id], to: [Fixture.west]) }
        let own = try #require(try await waiting(ledger).first)
        let now = fixture.time.wallTime
        let foreign = EntryID(batch: BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 1), index: 0)
        let context = ledger.foldEngine(at: now).context
        try await ledger.write(lane: .clinical) { transaction in
            for index in 0..<(UInt32(Limits.upkeepRows) * 2 + 10) {
                let entry = EntryID(batch: foreign.batch, index: index)
                try Ledgers.Parcels.add(
                    [entry], grant: foreign, recipient: Fixture.dale, since: now, context: context,
                    in: transaction.sql)
            }
        }
        let passed = try await ledger.read { try Ledgers.Parcels.waiting(limit: 5_000, in: $0) }
            .filter { $0.recipient == Fixture.dale }
        try await ledger.write(lane: .clinical) { transaction in
            for parcel in passed.dropFirst() { try Ledgers.Parcels.markDelivered(parcel, at: now, in: transaction.sql) }
            try Ledgers.Parcels.markDelivered(own, at: now, in: transaction.sql)
        }
        let soon = WallTime(milliseconds: now.milliseconds + Limits.deliveredParcelMilliseconds)
        #expect(try await ledger.forgetOldDeliveries(neighbours: [], at: soon) == 0)
        let late = WallTime(milliseconds: soon.milliseconds + 1)
        #expect(try await ledger.forgetOldDeliveries(neighbours: [], at: late) == passed.count - 1)
        #expect(try await ledger.count("SELECT COUNT(*) FROM parcel") == 2)
        #expect(try await waiting(ledger).count == 1)
    }

    @Test("what was noted of a node that is no neighbour any more is forgotten")
    func strangers() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        let id = try await ledger.append(.note("a"))
        let position = ChainPosition(chain: id.batch.chain, nextSequence: 1)
        try await ledger.recordDelivery([position], to: Fixture.east)
        try await ledger.recordDelivery([position], to: Fixture.west)
        #expect(try await ledger.forgetOldDeliveries(neighbours: [Fixture.east], at: fixture.time.wallTime) == 1)
        #expect(try await ledger.backlog(of: position.chain, for: Fixture.east).batches == 0)
        #expect(try await ledger.backlog(of: position.chain, for: Fixture.west).batches == 1)
    }
}
