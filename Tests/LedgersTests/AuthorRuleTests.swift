import Effects
import Regions
import Storage
import Testing
import Trust
import Wire

@testable import Ledgers

/// Notes that only whoever a unit delivers to may write: the subject names the unit.
@Suite("Who may write what") struct AuthorRuleTests {
    private static var projections: [any Projection] {
        var notes = NoteProjection()
        notes.author = AuthorRule { try $0.requireDelivery(of: $0.entry.subject) }
        return [notes, SetAsideNoticeProjection(), RegionProjection()]
    }

    private static let hour: Int64 = 3_600_000

    private func open(_ node: NodeID, _ fixture: Fixture) async throws -> Ledger {
        try await fixture.open(node, projections: Self.projections)
    }

    private func unit(_ name: String) throws -> OrgUnitID { try OrgUnitID("unit-" + name) }

    @Test("what is not the author's to write is kept in quarantine, shown, and harms nothing else")
    func quarantine() async throws {
        let fixture = try Fixture()
        let receiver = try await open(Fixture.east, fixture)
        let sealed = try fixture.batch(["unit-hill", "unit-west", "nobody", "unit-hill"])
        let receipt = try await receiver.take([sealed.batch])
        #expect(receipt.outcomes.map(\.outcome) == [.stored])
        #expect(receipt.setAside.map(\.entry.index) == [1, 2])
        #expect(receipt.setAside.map(\.reason) == ["author.notDelivered", "author.unknownUnit"])
        #expect(try await receiver.noteCount == 2)
        let rows = try await receiver.setAsideRows()
        #expect(rows.map(\.entry.index) == [1, 2])
        #expect(rows.map(\.isQuarantined) == [true, true])
        #expect(try await receiver.statistics().quarantined == 2)
        let check = try await receiver.verify()
        #expect(check.isSound && check.setAsideRows == rows)
        let tables = try await receiver.tables()
        try await receiver.refold()
        #expect(try await receiver.tables() == tables)
    }

    @Test("a node's own write is refused before it is sealed")
    func ownWrite() async throws {
        let fixture = try Fixture()
        let hill = try await open(Fixture.hill, fixture)
        try await hill.append(.note("unit-hill"))
        await #expect(throws: Failure("author.notDelivered", "")) { try await hill.append(.note("unit-vale")) }
        #expect(try await hill.noteCount == 1)
        #expect(try await hill.ownBatches(lane: .bulk).count == 1)
    }

    @Test("another region configuration is asked again, and what it allows is folded, in steps, however much it is")
    func askedAgain() async throws {
        let fixture = try Fixture()
        let receiver = try await open(Fixture.east, fixture)
        let many = try fixture.batch(Array(repeating: "unit-vale", count: 450))
        let other = try fixture.batch(["unit-dale"], sequence: 1, previous: many.headerDigest)
        try await receiver.take([many.batch, other.batch])
        #expect(try await receiver.askAuthorsAgain() == 0)
        #expect(try await receiver.statistics().quarantined == 451)
        try fixture.publish {
            $0.delegations = [UnitDelivery(unit: try unit("vale"), node: Fixture.hill)]
            $0.corrected = $0.version
        }
        #expect(try await receiver.askAuthorsAgain() == 450)
        #expect(try await receiver.noteCount == 450)
        #expect(try await receiver.setAsideRows().map(\.reason) == ["author.notDelivered"])
        #expect(try await receiver.askAuthorsAgain() == 0)
    }

    @Test(
        "rule time: a moved unit's old node keeps its past, and writes neither for the present nor for the past any more"
    )
    func ruleTime() async throws {
        let fixture = try Fixture()
        fixture.time.advance(milliseconds: 100 * Self.hour)
        let moved = fixture.time.wallTime
        try fixture.publish {
            $0.deliveries = [
                UnitDelivery(unit: try unit("hill"), node: Fixture.hill, to: moved),
                UnitDelivery(unit: try unit("hill"), node: Fixture.vale, from: moved),
            ]
            let index = try #require($0.organizationUnits.firstIndex { $0.id.rawValue == "unit-hill" })
            $0.organizationUnits[index].node = Fixture.vale
        }
        let receiver = try await open(Fixture.east, fixture)
        func reasons(_ sealed: BatchSealer.Result) async throws -> [String] {
            try await receiver.take([sealed.batch]).setAside.map(\.reason)
        }
        let before = moved.advanced(byMilliseconds: -Self.hour)
        let after = moved.advanced(byMilliseconds: Self.hour)
        // The new node's first word; what it says later of an earlier time counts as said now.
        let first = try fixture.batch(["unit-hill"], by: Fixture.vale, at: moved.advanced(byMilliseconds: 1))
        #expect(try await reasons(first) == [])
        let early = try fixture.batch(["unit-hill"], by: Fixture.vale, incarnation: 8, at: before)
        #expect(try await reasons(early) == [], "not before what its former incarnation sealed")

        fixture.time.advance(milliseconds: 2 * Self.hour)
        let old = try fixture.batch(["unit-hill"], at: before)
        #expect(try await reasons(old) == [], "it was delivered then, and comes late")
        let late = try fixture.batch(["unit-hill"], sequence: 1, previous: old.headerDigest, at: after)
        #expect(try await reasons(late) == ["author.notDelivered"])
        let backdated = try fixture.batch(["unit-hill"], sequence: 2, previous: late.headerDigest, at: before)
        #expect(try await reasons(backdated) == ["author.notDelivered"])
        let again = try fixture.batch(["unit-hill"], incarnation: 8, at: before)
        #expect(try await reasons(again) == ["author.notDelivered"], "a new incarnation does not begin in the past")
        let tables = try await receiver.tables()
        try await receiver.refold()
        #expect(try await receiver.tables() == tables)
        #expect(try await receiver.noteCount == 3)
    }

    @Test("a clock that runs ahead does not write for a time to come")
    func notAfterReceipt() async throws {
        let fixture = try Fixture()
        let begins = fixture.time.wallTime.advanced(byMilliseconds: 240 * Self.hour)
        try fixture.publish {
            $0.delegations = [UnitDelivery(unit: try unit("east"), node: Fixture.hill, from: begins)]
        }
        let receiver = try await open(Fixture.east, fixture)
        let sealed = try fixture.batch(["unit-east"], at: begins.advanced(byMilliseconds: Self.hour))
        #expect(try await receiver.take([sealed.batch]).setAside.map(\.reason) == ["author.notDelivered"])
    }

    @Test("one notice an hour for each author and reason goes to the author and its parent")
    func notices() async throws {
        let fixture = try Fixture()
        let city = try await open(Fixture.city, fixture)
        var previous: Digest?
        func deliver(_ sequence: UInt64) async throws {
            let sealed = try fixture.batch(
                Array(repeating: "unit-west", count: 40), sequence: sequence, previous: previous)
            previous = sealed.headerDigest
            try await city.take([sealed.batch])
        }
        for sequence in 0..<3 { try await deliver(UInt64(sequence)) }
        var parcels = try await city.read { try Ledgers.Parcels.waiting(limit: 500, in: $0) }
        #expect(Set(parcels.map(\.recipient)) == [Fixture.hill, Fixture.east])
        #expect(Set(parcels.map(\.entry)).count == 1)
        fixture.time.advance(milliseconds: Self.hour)
        try await deliver(3)
        parcels = try await city.read { try Ledgers.Parcels.waiting(limit: 500, in: $0) }
        #expect(Set(parcels.map(\.entry)).count == 2)
        // The parent sees it among its concerns as the author does.
        for node in [Fixture.hill, Fixture.east] {
            let ledger = try await open(node, fixture)
            for parcel in parcels where parcel.recipient == node {
                try await ledger.take(try await city.excerpt(of: parcel.entry), grant: parcel.grant)
            }
            let told = try await ledger.read { try SetAsideNoticeProjection.newest(limit: 10, in: $0) }
            // Also the author, which does not hold the entry: its disk is a new one here.
            #expect(told.map(\.notice.reason) == ["author.notDelivered", "author.notDelivered"])
        }
    }

    @Test("a region configuration may come from anybody, with the root's signature and under its own version")
    func configurations() async throws {
        let fixture = try Fixture()
        let receiver = try await open(Fixture.east, fixture)
        var next = fixture.registry.current
        next.version = 9
        let signed = try RegionRegistry.sign(next, with: fixture.rootKey).wireBytes()
        let forged = try RegionRegistry.sign(next, with: try fixture.key(Fixture.hill)).wireBytes()
        let drafts = [
            RegionProjection.draft(version: 9, bytes: signed), RegionProjection.draft(version: 10, bytes: signed),
            RegionProjection.draft(version: 9, bytes: forged),
        ]
        let sealed = try fixture.seal(drafts, as: BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0))
        let receipt = try await receiver.take([sealed.batch])
        #expect(receipt.setAside.map(\.entry.index) == [1, 2])
        #expect(receipt.setAside.allSatisfy { $0.reason == "author.notRoot" })
        let newer = try await receiver.read { sql in try RegionProjection.newer(than: 1, limit: 9, in: sql) }
        #expect(newer == [signed])
    }

    @Test("a grant names its author's entries, or those whose payload it was given")
    func grants() async throws {
        let fixture = try Fixture()
        let hill = try await fixture.open(Fixture.hill)
        let mine = try await hill.append(.note("a", payload: "p"))
        let east = try await fixture.open(Fixture.east)
        try await east.catchUp(with: hill)
        // The parent was given it and may pass it on; the sister of the author and the city were not.
        _ = try await east.write(lane: .clinical) { try $0.grant([mine], to: [Fixture.dale]) }
        let draft = try Grant(entries: [mine], recipients: [Fixture.dale]).draft(headerAudience: .city)
        let sealed = try fixture.seal(
            [draft], as: BatchIdentity(chain: Fixture.chain(Fixture.vale), sequence: 0))
        #expect(try await east.take([sealed.batch]).setAside.map(\.reason) == ["author.notGiven"])
    }
}
