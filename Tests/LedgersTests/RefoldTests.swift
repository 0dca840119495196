import Effects
import Regions
import Storage
import Testing
import Trust
import Wire

@testable import Ledgers

struct RefoldTests {
    /// A region's random traffic: what each author wrote, and excerpts of some of it.
    private struct Traffic {
        var authors: [Ledger]
        var excerpts: [(excerpt: Excerpt, grant: EntryID)]
    }

    private func traffic(_ fixture: Fixture, _ random: SeededRandom, steps: Int) async throws -> Traffic {
        var traffic = Traffic(authors: [], excerpts: [])
        for node in [Fixture.hill, Fixture.vale, Fixture.dale] {
            traffic.authors.append(try await fixture.open(node, projections: [NoteProjection.newer]))
        }
        var written: [NodeID: [EntryID]] = [:]
        var granted: [NodeID: [EntryID]] = [:]
        for _ in 0..<steps {
            fixture.time.advance(milliseconds: Int64(random.number(below: 50)))
            let author = try #require(random.choice(traffic.authors))
            let lane: Lane = random.chance(of: 1, in: 3) ? .clinical : .bulk
            let drafts = try (0...random.number(below: 4)).map { _ in
                try randomDraft(random, written[author.node] ?? [])
            }
            let ids = try await author.append(drafts, lane: lane)
            written[author.node, default: []] += ids
            granted[author.node, default: []] += zip(ids, drafts).filter { $0.1.headerAudience >= .city }.map(\.0)
            // Only what the city sees anyway: a void that reaches further than its target is folded without it.
            if random.chance(of: 1, in: 3), let id = random.choice(granted[author.node] ?? []) {
                traffic.excerpts.append((try await author.excerpt(of: id), id))
            }
        }
        return traffic
    }

    private func randomDraft(_ random: SeededRandom, _ known: [EntryID]) throws -> EntryDraft {
        let header = try #require(random.choice([Audience.parent, .city, .city, .region]))
        var draft = EntryDraft.note("\(random.number(below: 1_000))", header: header)
        if random.chance(of: 1, in: 2) {
            draft.payload = random.bytes(Int(random.number(below: 40)))
            draft.payloadAudience = try #require(random.choice([Audience.parent, header]))
        }
        if random.chance(of: 1, in: 3), let cause = random.choice(known) { draft.causes = [cause] }
        if random.chance(of: 1, in: 4), let cause = random.choice(known) { draft = .void([cause]) }
        if random.chance(of: 1, in: 12) { draft.kind = .novelty }
        return draft
    }

    /// Brings everything to a receiver in a random interleaving of chains and excerpts.
    private func deliver(_ traffic: Traffic, to receiver: Ledger, _ fixture: Fixture, _ random: SeededRandom)
        async throws
    {
        var queues: [[SealedBatch]] = []
        for author in traffic.authors {
            for position in try await author.positions() {
                queues.append(
                    try await author.batches(
                        from: ChainPosition(chain: position.chain, nextSequence: 0), for: receiver.node, limit: .max))
            }
        }
        var excerpts = traffic.excerpts
        while !queues.isEmpty || !excerpts.isEmpty {
            fixture.time.advance(milliseconds: Int64(random.number(below: 9)))
            let turn = Int(random.number(below: UInt64(queues.count + 1)))
            if turn == queues.count {
                guard !excerpts.isEmpty else { continue }
                let next = excerpts.remove(at: Int(random.number(below: UInt64(excerpts.count))))
                try await receiver.take(next.excerpt, grant: next.grant)
            } else {
                let count = min(queues[turn].count, Int(random.number(below: 3)) + 1)
                let receipt = try await receiver.take(Array(queues[turn].prefix(count)))
                #expect(receipt.outcomes.allSatisfy { $0.outcome == .stored })
                queues[turn].removeFirst(count)
                if queues[turn].isEmpty { queues.remove(at: turn) }
            }
            if random.chance(of: 1, in: 6) { try await receiver.append(.note("own")) }
        }
    }

    @Test(
        "a refold of a randomly built ledger gives the same tables, byte for byte",
        arguments: SuiteID.allCases, Array(UInt64(1)...6))
    func randomLedger(suite: SuiteID, seed: UInt64) async throws {
        let fixture = try Fixture(suite, seed: seed)
        let random = SeededRandom(seed: seed &* 7_919)
        let traffic = try await traffic(fixture, random, steps: suite == .sm2 ? 40 : 90)
        let city = try await fixture.open(Fixture.city)
        try await deliver(traffic, to: city, fixture, random)
        let before = try await city.tables()
        #expect(before[0].count > 20 && before[1].count > 3)
        let parcels = try await city.count("SELECT COUNT(*) FROM parcel")
        let folded = try await city.refold()
        #expect(folded.batches > 20 && folded.excerpts > 3)
        #expect(try await city.tables() == before)
        try await city.refold()
        #expect(try await city.tables() == before)
        #expect(try await city.count("SELECT COUNT(*) FROM parcel") == parcels)
        for author in traffic.authors {
            let own = try await author.tables()
            try await author.refold()
            #expect(try await author.tables() == own)
        }
        #expect(try await city.verify().isSound)
    }

    @Test("two receivers of the same entries in other orders hold the same rows", arguments: Array(UInt64(1)...6))
    func orderOfArrival(seed: UInt64) async throws {
        let fixture = try Fixture(seed: seed)
        let random = SeededRandom(seed: seed &* 104_729)
        let traffic = try await traffic(fixture, random, steps: 60)
        var rows: [[[[SQLValue]]]] = []
        for name in ["one", "two"] {
            let city = try await fixture.open(Fixture.city, name: name)
            try await deliver(traffic, to: city, fixture, random)
            rows.append(
                try await city.read { sql in
                    [
                        try sql.rows(
                            """
                            SELECT entry, kind, subject, fields, payload, author_time, voided_by FROM note
                            WHERE entry NOT LIKE 'city/%' ORDER BY entry
                            """, []),
                        try sql.rows("SELECT * FROM note_void ORDER BY entry, target", []),
                        try sql.rows("SELECT entry, cause FROM held ORDER BY entry, cause", []),
                        try sql.rows("SELECT entry, kind, reason FROM set_aside ORDER BY entry", []),
                    ].map { $0.map(\.values) }
                })
        }
        for (one, two) in zip(rows[0], rows[1]) { #expect(one == two) }
    }

    @Test("a refold leaves out a batch that cannot be read any more, names it, and folds the others")
    func damaged() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        try await ledger.append([.note("a"), .note("b")])
        try await ledger.append([.note("c")])
        try await ledger.append([.note("d")])
        _ = try await ledger.store.write { sql in
            try sql.execute("UPDATE segment SET data = $1 WHERE sequence = 1", [[UInt8]([1, 2, 3])])
        }
        let report = try await ledger.refold()
        #expect((report.batches, report.excerpts, report.skippedCount) == (2, 0, 1))
        #expect(report.skipped.count == 1)
        #expect(report.skipped.first?.hasPrefix("batch 1 of hill: ") == true)
        #expect(try await ledger.noteCount == 3)
    }
}
