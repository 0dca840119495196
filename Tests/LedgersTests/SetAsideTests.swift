import Effects
import Regions
import SQLiteStorage
import Storage
import Testing
import Wire

@testable import Ledgers

struct SetAsideTests {
    @Test("unknown kinds and poison are set aside without harming others")
    func poison() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.east)
        let identity = BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0)
        var unknown = EntryDraft.note("new")
        unknown.kind = .novelty
        let drafts: [EntryDraft] = [
            .note("a"), .brittle("failure"), .note("b"), .brittle("plain error"), .brittle("constraint"), unknown,
            .note("c"),
        ]
        let sealed = try fixture.seal(drafts, as: identity)
        let receipt = try await receiver.take([sealed.batch])
        #expect(receipt.outcomes.map(\.outcome) == [.stored])
        #expect(receipt.setAside.map(\.entry.index) == [1, 3, 4, 5])
        #expect(
            receipt.setAside.map(\.reason) == ["note.poison", "ledger.poison", "storage.failed", "ledger.unknownKind"])
        #expect(receipt.positions.map(\.nextSequence) == [1])
        #expect(try await receiver.noteCount == 3)
        #expect(try await receiver.count("SELECT COUNT(*) FROM note_void") == 0)

        let next = try fixture.seal(
            [.note("d")], as: BatchIdentity(chain: identity.chain, sequence: 1), previous: sealed.headerDigest)
        let later = try await receiver.take([next.batch])
        #expect(later.setAside.isEmpty)
        #expect(try await receiver.noteCount == 4)
        let check = try await receiver.verify()
        #expect(check.isSound)
        #expect(check.setAside == 4)
    }

    @Test("the author is told what was set aside and why")
    func notice() async throws {
        let fixture = try Fixture()
        let author = try await fixture.open(
            Fixture.hill, projections: [NoteProjection.newer, GrantProjection(), SetAsideNoticeProjection()])
        var draft = EntryDraft.note("new")
        draft.kind = .novelty
        let id = try await author.append(draft)
        let receiver = try await fixture.open(
            Fixture.east, projections: [NoteProjection(), GrantProjection(), SetAsideNoticeProjection()])
        try await receiver.catchUp(with: author)

        let parcels = try await receiver.read { try Ledgers.Parcels.waiting(limit: 10, in: $0) }
        #expect(parcels.map(\.recipient) == [Fixture.hill])
        for parcel in parcels {
            let excerpt = try await receiver.excerpt(of: parcel.entry)
            let inspected = try author.inspector.inspect(excerpt, receivedTime: .epoch)
            try await author.ingest(parcels: [(inspected, parcel.grant, parcel.recipient)])
        }
        let told = try await author.read { try SetAsideNoticeProjection.newest(limit: 10, in: $0) }
        #expect(told.map(\.node) == [Fixture.east])
        #expect(told.map(\.notice) == [SetAsideNotice(entry: id, reason: "ledger.unknownKind")])
        #expect(try await receiver.read { try SetAsideNoticeProjection.newest(limit: 10, in: $0) }.isEmpty)
    }

    @Test("an upgrade that knows the kind folds what was set aside, voids included")
    func upgrade() async throws {
        let fixture = try Fixture()
        let author = try await fixture.open(Fixture.hill, projections: [NoteProjection.newer])
        var draft = EntryDraft.note("new", payload: "p")
        draft.kind = .novelty
        let id = try await author.append(draft)
        try await author.append(.void([id]), lane: .clinical)

        let old = try await fixture.open(Fixture.east)
        try await old.catchUp(with: author)
        #expect(try await old.placement(of: id)?.state == "setAside")
        #expect(try await old.count("SELECT COUNT(*) FROM note_void WHERE was_known = 0") == 1)
        try await old.store.close()

        let upgraded = try await fixture.open(Fixture.east, projections: [NoteProjection.newer])
        // Opening folds what is known now; a refold makes everything as if it had been known from the beginning.
        #expect(try await upgraded.placement(of: id)?.state == "folded")
        #expect(try await upgraded.count("SELECT COUNT(*) FROM set_aside") == 0)
        #expect(try await upgraded.count("SELECT COUNT(*) FROM note WHERE subject = 'new'") == 1)
        try await upgraded.refold()
        #expect(try await upgraded.placement(of: id)?.state == "folded")
        #expect(try await upgraded.count("SELECT COUNT(*) FROM set_aside") == 0)
        #expect(try await upgraded.count("SELECT COUNT(*) FROM note WHERE voided_by IS NOT NULL") == 1)
        #expect(try await upgraded.count("SELECT COUNT(*) FROM note_void WHERE was_known = 1") == 1)
    }

    @Test("opening folds many that were set aside, waits for causes, and keeps aside what is poison still")
    func openingFolds() async throws {
        let fixture = try Fixture()
        let identity = BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0)
        func novelty(_ subject: String) -> EntryDraft {
            var draft = EntryDraft.note(subject)
            draft.kind = .novelty
            return draft
        }
        let missing = EntryID(
            batch: BatchIdentity(chain: Fixture.chain(Fixture.vale), sequence: 0), index: 0)
        var waiting = novelty("waits")
        waiting.causes = [missing]
        let first = try fixture.seal((0..<50).map { novelty("n\($0)") } + [.brittle("failure"), waiting], as: identity)
        let second = try fixture.seal(
            [novelty("last")], as: BatchIdentity(chain: identity.chain, sequence: 1), previous: first.headerDigest)
        let old = try await fixture.open(Fixture.east)
        _ = try await old.take([first.batch, second.batch])
        #expect(try await old.count("SELECT COUNT(*) FROM set_aside WHERE reason = 'ledger.unknownKind'") == 51)
        #expect(try await old.count("SELECT COUNT(*) FROM held") == 1)
        try await old.store.close()

        let upgraded = try await fixture.open(Fixture.east, projections: [NoteProjection.newer])
        #expect(try await upgraded.noteCount == 51)
        #expect(try await upgraded.count("SELECT COUNT(*) FROM set_aside") == 1)
        #expect(try await upgraded.count("SELECT COUNT(*) FROM set_aside WHERE reason = 'note.poison'") == 1)
        #expect(try await upgraded.count("SELECT COUNT(*) FROM held") == 1)
    }

    @Test("an entry of a kind that the author's own program does not know is not written")
    func ownUnknownKind() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        var draft = EntryDraft.note("new")
        draft.kind = .novelty
        await #expect(throws: Failure("ledger.unknownKind", "")) { try await ledger.append([draft]) }
        #expect(try await ledger.positions().isEmpty)
    }

    @Test("what the store refuses for want of room is nobody's poison")
    func fullDisk() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.east)
        let identity = BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0)
        var draft = EntryDraft.note("large", payload: "")
        draft.payload = fixture.random.bytes(400_000)
        let sealed = try fixture.seal([draft, .note("small")], as: identity, codec: .none)
        try await receiver.store.write { sql in
            let pages = try sql.row("PRAGMA page_count", [])?.integer(0) ?? 0
            #expect(pages < 70)
            _ = try sql.rows("PRAGMA max_page_count=70", [])
        }
        await #expect(throws: Failure("storage.full", "")) { try await receiver.take([sealed.batch]) }
        #expect(try await receiver.noteCount == 0)
        #expect(try await receiver.positions().isEmpty)
        _ = try await receiver.store.write { try $0.rows("PRAGMA max_page_count=100000", []) }
        #expect(try await receiver.take([sealed.batch]).outcomes.map(\.outcome) == [.stored])
        #expect(try await receiver.noteCount == 2)
        #expect(try await receiver.verify().setAside == 0)
    }
}
