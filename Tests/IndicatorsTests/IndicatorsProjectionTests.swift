import Effects
import Ledgers
import Regions
import Storage
import Testing
import Trust
import Wire

@testable import Indicators

struct IndicatorsProjectionTests {
    private func entry(_ sequence: UInt64, _ submission: IndicatorSubmission, author: NodeID) throws -> Entry {
        let chain = ChainIdentity(author: author, incarnation: 1, lane: .bulk)
        return Entry(
            id: EntryID(batch: BatchIdentity(chain: chain, sequence: sequence), index: 0), kind: .indicatorSubmission,
            subject: submission.subject, authorTime: submission.closedAt,
            receivedTime: WallTime(milliseconds: Int64(sequence)), causes: [], fields: try submission.encoded(),
            payload: nil, hasPayload: false)
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func orderAndRepetitionOfEntriesDoNotMatter(seed: UInt64) async throws {
        let region = try SampleRegion(seed: seed)
        let random = SeededRandom(seed: seed)
        var entries: [Entry] = []
        for (index, unit) in [SampleRegion.hill, SampleRegion.vale, SampleRegion.dale].enumerated() {
            for version in 1...4 {
                var submission = try SubmissionWireTests.submission()
                submission.unit = unit
                submission.contributions = []
                submission.missing = []
                submission.version = version
                submission.closedAt = WallTime(milliseconds: Int64(index * 10 + version))
                entries.append(try entry(UInt64(version), submission, author: unit))
            }
        }
        let context = FoldContext(
            node: SampleRegion.city, tree: region.registry.tree(at: region.time.wallTime), suite: .ed25519)
        var tables: [[[SQLValue]]] = []
        for name in ["one", "two"] {
            let node = try await region.open(SampleRegion.city, name: name)
            let order = entries
            try await node.ledger.store.write { sql in
                for entry in order { try IndicatorsProjection().fold(entry, in: sql, context: context) }
            }
            tables.append(try await node.table())
            entries = (entries + entries).map { (random.next(), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        #expect(tables.first?.count == 12)
        #expect(tables.first == tables.last)
    }

    @Test func aRefoldGivesTheSameTable() async throws {
        let region = try SampleRegion(now: "2026-11-22T10:00:00+08:00")
        let hill = try await region.open(SampleRegion.hill)
        let east = try await region.open(SampleRegion.east)
        for round in 1...3 {
            try await hill.publish(round, at: "2026-11-21T12:00:00+08:00")
            try await east.publish(round, at: "2026-11-21T13:00:00+08:00")
            for period in ["2026-11-21", "2026-11"] {
                try await hill.closeNow(period)
                try await east.take(from: hill)
                try await east.closeNow(period)
            }
            region.time.advance(milliseconds: 5_000)
        }
        let before = try await east.table()
        #expect(before.count == 12)
        try await east.ledger.refold()
        #expect(try await east.table() == before)
        #expect(try await east.newest("2026-11").total.published == 12)
    }

    @Test func foreignUnit() async throws {
        let region = try SampleRegion(now: "2026-11-22T10:00:00+08:00")
        let vale = try await region.open(SampleRegion.vale)
        var forged = try SubmissionWireTests.submission()
        forged.unit = SampleRegion.hill
        forged.contributions = []
        forged.missing = []
        func expectRefused(_ submission: IndicatorSubmission, as code: Failure.Code) async throws {
            let bytes = try submission.encoded()
            let subject = submission.subject
            await #expect(throws: Failure(code, "")) {
                try await vale.ledger.write(lane: .bulk) { transaction in
                    _ = try transaction.append(
                        EntryDraft(
                            kind: .indicatorSubmission, subject: subject, fields: bytes, headerAudience: .parent))
                }
            }
        }
        try await expectRefused(forged, as: "author.notItself")
        // Nor does it sum what another manages.
        forged.unit = SampleRegion.vale
        forged.contributions = [
            IndicatorSubmission.Contribution(
                unit: SampleRegion.hill, version: 1, entry: try EntryID("\(SampleRegion.hill)/1/bulk/0/0"),
                closedAt: region.time.wallTime, missing: [])
        ]
        try await expectRefused(forged, as: "author.notParent")
    }
}
