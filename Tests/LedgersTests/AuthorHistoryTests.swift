import Effects
import Regions
import Testing
import Trust

@testable import Ledgers

/// What was the author's to write when it was written stays so, whatever the region says later, and the other way round.
@Suite("Who might write what, then") struct AuthorHistoryTests {
    private static let day: Int64 = 86_400_000

    private func open(_ node: NodeID, _ fixture: Fixture, _ rule: AuthorRule) async throws -> Ledger {
        var notes = NoteProjection()
        notes.author = rule
        return try await fixture.open(
            node, projections: [notes, SetAsideNoticeProjection(), RegionProjection()])
    }

    /// What a ledger says to a batch, and that a refold says the same.
    private func reasons(_ sealed: BatchSealer.Result, at ledger: Ledger) async throws -> [String] {
        let reasons = try await ledger.take([sealed.batch]).setAside.map(\.reason)
        let tables = try await ledger.tables()
        try await ledger.refold()
        #expect(try await ledger.tables() == tables)
        return reasons
    }

    @Test("a former dispatcher's words count as of its time, and a new one's from its own")
    func dispatchers() async throws {
        let fixture = try Fixture()
        let receiver = try await open(Fixture.east, fixture, AuthorRule { try $0.requireDispatcher() })
        let first = try fixture.batch(["a"], by: Fixture.root)
        #expect(try await reasons(first, at: receiver) == [])
        fixture.time.advance(milliseconds: Self.day)
        let moved = fixture.time.wallTime.advanced(byMilliseconds: 1)
        let key = try fixture.suite.makeSigningKey(random: fixture.random)
        try fixture.publish { configuration in
            let index = try #require(configuration.nodes.firstIndex { $0.id == Fixture.root })
            var next = configuration.nodes[index]
            configuration.nodes[index].to = moved
            next.id = Fixture.node("root-b")
            next.ledgerKeys = [
                LedgerKeyRecord(keyID: key.id.bytes, publicKey: key.publicKey.bytes, from: .epoch)
            ]
            next.from = moved
            configuration.nodes.append(next)
            let edge = try #require(configuration.management.firstIndex { $0.child == Fixture.city })
            configuration.management[edge].to = moved
            configuration.management.append(
                ManagementEdge(child: Fixture.city, parent: next.id, from: moved))
        }
        fixture.time.advance(milliseconds: Self.day)
        let early = moved.advanced(byMilliseconds: -1_000)
        let late = try fixture.batch(
            ["b"], by: Fixture.root, sequence: 1, previous: first.headerDigest, at: early)
        #expect(try await reasons(late, at: receiver) == [], "written in its time, comes late")
        let after = try fixture.batch(["c"], by: Fixture.root, sequence: 2, previous: late.headerDigest)
        #expect(try await reasons(after, at: receiver) == ["author.notDispatcher"])
        let identity = BatchIdentity(chain: Fixture.chain(Fixture.node("root-b")), sequence: 0)
        let words = BatchSealer.Waiting(
            id: EntryID(batch: identity, index: 0), draft: .note("d"), time: fixture.time.wallTime)
        let sealer = BatchSealer(suite: fixture.suite, key: key, random: fixture.random, codec: .zlib, level: 6)
        let next = try sealer.seal([words], identity: identity, previous: nil, continuedFrom: nil)
        #expect(try await reasons(next, at: receiver) == [])
        #expect(try await receiver.noteCount == 3)
    }

    @Test("a list without dates counts as of its time, and a week longer: whoever was taken off it writes no more")
    func lists() async throws {
        let fixture = try Fixture()
        let rule = AuthorRule { question in
            let name = question.entry.subject
            guard try question.mayHaveGoneBy({ $0.name.split(separator: " ").contains { $0 == name } }) else {
                throw Failure("author.notListed", "")
            }
        }
        let receiver = try await open(Fixture.east, fixture, rule)
        let root = try await open(Fixture.root, fixture, .anybody)
        func publish(_ names: [String]) async throws {
            let bytes = try fixture.publish { configuration in
                configuration.name = names.joined(separator: " ")
            }
            try await root.append(RegionProjection.draft(version: fixture.registry.current.version, bytes: bytes))
            try await receiver.catchUp(with: root)
            try await receiver.askAuthorsAgain()
        }
        try await publish(["li", "zhao"])
        fixture.time.advance(milliseconds: Self.day)
        let listed = fixture.time.wallTime
        try await publish(["li"])
        var (sequence, previous) = (UInt64(0), Digest?.none)
        func say(_ name: String, at time: WallTime? = nil, incarnation: UInt64 = 7) async throws -> [String] {
            let isNew = incarnation != 7
            let sealed = try fixture.batch(
                [name], sequence: isNew ? 0 : sequence, incarnation: incarnation, previous: isNew ? nil : previous,
                at: time)
            if !isNew { (sequence, previous) = (sequence + 1, sealed.headerDigest) }
            return try await reasons(sealed, at: receiver)
        }
        #expect(try await say("zhao", at: listed.advanced(byMilliseconds: -1)) == [])
        fixture.time.advance(milliseconds: 6 * Self.day)
        #expect(try await say("zhao") == [], "its node may not have heard yet")
        #expect(try await say("wang") == ["author.notListed"])
        fixture.time.advance(milliseconds: 2 * Self.day)
        #expect(try await say("zhao") == ["author.notListed"])
        #expect(try await say("zhao", at: listed, incarnation: 8) == ["author.notListed"], "nor of an earlier time")
        #expect(try await say("li") == [])
        // Whoever is put on it afterwards may be heard of before the list itself is.
        try await publish(["li", "wang"])
        #expect(try await say("wang") == [])
    }

    @Test("a register is kept from one moment to another, by one unit at one node")
    func registries() async throws {
        let fixture = try Fixture()
        fixture.time.advance(milliseconds: Self.day)
        let begins = fixture.time.wallTime
        try fixture.publish {
            $0.registries = [
                UnitDelivery(
                    unit: try OrgUnitID("unit-hill"), node: Fixture.hill, from: begins,
                    to: begins.advanced(byMilliseconds: Self.day))
            ]
        }
        let receiver = try await open(
            Fixture.east, fixture,
            AuthorRule { question in
                guard try question.keepsRegister(question.entry.subject) else { throw Failure("author.no", "") }
            })
        let early = try fixture.batch(["unit-hill"], at: begins.advanced(byMilliseconds: -1))
        #expect(try await reasons(early, at: receiver) == ["author.no"])
        let then = try fixture.batch(["unit-hill", "unit-vale"], sequence: 1, previous: early.headerDigest, at: begins)
        #expect(try await reasons(then, at: receiver) == ["author.no"], "another unit keeps none")
        let other = try fixture.batch(["unit-hill"], by: Fixture.vale, at: begins)
        #expect(try await reasons(other, at: receiver) == ["author.no"], "nor does the unit at another node")
        fixture.time.advance(milliseconds: Self.day)
        let late = try fixture.batch(["unit-hill"], sequence: 2, previous: then.headerDigest)
        #expect(try await reasons(late, at: receiver) == ["author.no"])
        #expect(try await receiver.noteCount == 1)
    }

    @Test("who tells of an entry that went to nobody is not believed; whoever was granted it is")
    func noticesOfPrivateEntries() async throws {
        let fixture = try Fixture()
        let hill = try await open(Fixture.hill, fixture, .anybody)
        let secret = try await hill.append(.note("a", header: .own))
        func tell(_ incarnation: UInt64) async throws -> [String] {
            var message = PBSetAsideNotice()
            message.entry = secret.wire
            message.reason = "ledger.unknownKind"
            let draft = EntryDraft(
                kind: .setAsideNotice, subject: secret.description, fields: try message.serializedBytes(),
                headerAudience: .city)
            let chain = Fixture.chain(Fixture.vale, incarnation: incarnation)
            let sealed = try fixture.seal([draft], as: BatchIdentity(chain: chain, sequence: 0))
            return try await hill.take([sealed.batch]).setAside.map(\.reason)
        }
        #expect(try await tell(7) == ["author.notReached"])
        _ = try await hill.write(lane: .clinical) { try $0.grant([secret], to: [Fixture.vale]) }
        #expect(try await tell(8) == [])
        let told = try await hill.read { try SetAsideNoticeProjection.newest(limit: 9, in: $0) }
        #expect(told.map(\.notice.entry) == [secret])
    }

    @Test("who tells of an entry that does not lie here is believed: it went with a disk, or somebody has the key")
    func noticesOfLostEntries() async throws {
        let fixture = try Fixture()
        let hill = try await open(Fixture.hill, fixture, .anybody)
        let kept = try await hill.append(.note("a", header: .own))
        let lost = EntryID(
            batch: BatchIdentity(chain: Fixture.chain(Fixture.hill, incarnation: 99), sequence: 3), index: 0)
        // Of a batch that came back after a loss without what went to nobody above.
        let stripped = EntryID(batch: kept.batch, index: 7)
        for (number, id) in [lost, stripped].enumerated() {
            var message = PBSetAsideNotice()
            message.entry = id.wire
            message.reason = "author.notReached"
            let draft = EntryDraft(
                kind: .setAsideNotice, subject: id.description, fields: try message.serializedBytes(),
                headerAudience: .city)
            let chain = Fixture.chain(Fixture.vale, incarnation: UInt64(7 + number))
            let sealed = try fixture.seal([draft], as: BatchIdentity(chain: chain, sequence: 0))
            #expect(try await hill.take([sealed.batch]).setAside.isEmpty)
        }
        let told = try await hill.read { try SetAsideNoticeProjection.newest(limit: 9, in: $0) }
        #expect(Set(told.map(\.notice.entry)) == [lost, stripped])
        for id in [lost, stripped] { #expect(try await SetAsideNoticeProjection.isMissing(id, from: hill)) }
        #expect(try await !SetAsideNoticeProjection.isMissing(kept, from: hill))
        let foreign = EntryID(batch: BatchIdentity(chain: Fixture.chain(Fixture.vale), sequence: 9), index: 0)
        #expect(try await !SetAsideNoticeProjection.isMissing(foreign, from: hill), "only of its own")
    }
}
