import Effects
import Regions
import Storage
import Testing
import Wire

@testable import Ledgers

struct GrantTests {
    private func waiting(_ ledger: Ledger) async throws -> [Parcels.Waiting] {
        try await ledger.read { try Parcels.waiting(limit: 100, in: $0) }
    }

    @Test("a grant is read back as it was, and bytes that are none are refused")
    func roundTrip() throws {
        let entry = EntryID(batch: BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 3), index: 4)
        let grant = Grant(entries: [entry], recipients: [Fixture.west, Fixture.dale])
        #expect(try Grant(fields: try grant.draft(headerAudience: .city).fields) == grant)
        #expect(throws: (any Error).self) { try Grant(fields: [0xff, 0xff]) }
    }

    @Test("a grant makes one parcel for each recipient and entry, and none for the author itself")
    func parcels() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.east)
        let ids = try await ledger.append([.note("a"), .note("b")])
        let grant = try await ledger.write(lane: .clinical) { transaction in
            try transaction.grant(ids, to: [Fixture.west, Fixture.east, Fixture.dale])
        }
        let parcels = try await waiting(ledger)
        #expect(Set(parcels.map { "\($0.recipient) \($0.entry.index)" }) == ["west 0", "west 1", "dale 0", "dale 1"])
        #expect(parcels.allSatisfy { $0.grant == grant })
        let nothing = try await ledger.write(lane: .clinical) { try $0.grant(ids, to: [Fixture.east]) }
        #expect(nothing == nil)
    }

    @Test("what was granted or delivered before is not sent twice")
    func notTwice() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.east)
        let id = try await ledger.append(.note("a"))
        for _ in 0..<2 { _ = try await ledger.write(lane: .clinical) { try $0.grant([id], to: [Fixture.west]) } }
        let parcel = try #require(try await waiting(ledger).first)
        #expect(try await waiting(ledger).count == 1)
        let now = fixture.time.wallTime
        try await ledger.write(lane: .clinical) { try Parcels.markDelivered(parcel, at: now, in: $0.sql) }
        #expect(try await waiting(ledger).isEmpty)
        _ = try await ledger.write(lane: .clinical) { try $0.grant([id], to: [Fixture.west]) }
        try await ledger.refold()
        #expect(try await waiting(ledger).isEmpty)
    }

    @Test("a middle node keeps what passes through, folds it and passes it on; the recipient keeps it")
    func passedOn() async throws {
        let fixture = try Fixture()
        let east = try await fixture.open(Fixture.east)
        let id = try await east.append(.note("a", header: .own, payload: "secret", payloadAudience: .own))
        let grant = try #require(
            try await east.write(lane: .clinical) { try $0.grant([id], to: [Fixture.dale]) })
        let excerpt = try await east.excerpt(of: id)
        let west = try await fixture.open(Fixture.west)
        let proof = try await east.excerpt(of: grant)
        for _ in 0..<2 { try await west.take(excerpt, grant: grant, proof: proof, for: Fixture.dale) }
        #expect(try await west.excerpt(of: grant) == proof)
        let onward = try await waiting(west)
        #expect(onward.map(\.recipient) == [Fixture.dale])
        #expect(onward.map(\.entry) == [id])
        #expect(onward.map(\.grant) == [grant])

        let dale = try await fixture.open(Fixture.dale)
        try await dale.take(try await west.excerpt(of: id), grant: grant)
        #expect(try await waiting(dale).isEmpty)
        #expect(try await dale.entry(id)?.payload == Array("secret".utf8))
        #expect(try await dale.noteCount == 1)
        #expect(try await dale.verify().excerpts == 1)
        #expect(try await dale.verify().isSound)
    }

    @Test("an excerpt upgrades the row of an entry whose header came before, and never the other way round")
    func upgrade() async throws {
        let fixture = try Fixture()
        let hill = try await fixture.open(Fixture.hill)
        let id = try await hill.append(.note("a", payload: "value"))
        let full = try await hill.excerpt(of: id)
        let payloads = "SELECT COUNT(*) FROM note WHERE payload IS NOT NULL" as SQLText
        for excerptFirst in [false, true] {
            let city = try await fixture.open(Fixture.city, name: "city \(excerptFirst)")
            if excerptFirst { try await city.take(full, grant: id) }
            try await city.catchUp(with: hill)
            if !excerptFirst {
                #expect(try await city.entry(id)?.lacksPayload == true)
                #expect(try await city.count(payloads) == 0)
                fixture.time.advance(milliseconds: 1_000)
                try await city.take(full, grant: id)
            }
            #expect(try await city.noteCount == 1)
            #expect(try await city.count(payloads) == 1)
            #expect(try await city.entry(id)?.payload == Array("value".utf8))
            #expect(try await city.excerpt(of: id).records.count == 2)
            let tables = try await city.tables()
            try await city.refold()
            #expect(try await city.tables() == tables)
        }
    }

    @Test("a small excerpt with the payload replaces a large one without it")
    func smallerUpgrade() async throws {
        let fixture = try Fixture()
        let hill = try await fixture.open(Fixture.hill)
        let ids = try await hill.append((0..<20).map { .note("\($0)", payload: "v") })
        let whole = try #require(try await hill.ownBatches(lane: .bulk).first)
        let pruned = try whole.pruned { !$0.holdsPayloads }
        let many = try Excerpt.cut(pruned, indexes: Set(0..<20), suite: fixture.suite)
        let west = try await fixture.open(Fixture.west)
        try await west.take(many, grant: ids[0])
        #expect(try await west.excerpt(of: ids[3]).records.count == 1)
        fixture.time.advance(milliseconds: 1_000)
        let full = try await hill.excerpt(of: ids[3])
        #expect(try full.wireBytes().count < many.wireBytes().count)
        try await west.take(full, grant: ids[0])
        #expect(try await west.entry(ids[3])?.payload == Array("v".utf8))
        #expect(try await west.count("SELECT COUNT(*) FROM note WHERE payload IS NOT NULL") == 1)
        let tables = try await west.tables()
        try await west.refold()
        #expect(try await west.tables() == tables)
    }
}
