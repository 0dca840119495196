import Effects
import Identity
import Recognition
import RecognitionTestKit
import Regions
import Storage
import Testing
import Wire
import YilianTestKit

@testable import Ledgers

/// Many of one: what a node sends twice as much of costs its neighbour twice as much, not four times.
///
/// Work is counted in steps, that is statements and rows of answers; no clock is asked.
@Suite("Many of one, from a hostile node", .serialized)
struct HostileManyTests {
    /// Steps that were counted; thrown, so that nothing of the trial stays.
    private struct Counted: Error {
        var steps: Int
    }

    private static func steps(_ entries: [Entry], at handle: TestNode) async throws -> Int {
        let ledger = try handle.node.context.ledger
        let engine = ledger.foldEngine(at: try handle.node.context.now)
        do {
            try await ledger.store.write { sql -> Void in
                let meter = MeteredTransaction(sql, limit: .max, refusal: Failure("test.never", "no limit"))
                // As the batches of 500 in which they come.
                for start in stride(from: 0, to: entries.count, by: 500) {
                    try engine.fold(Array(entries[start..<min(start + 500, entries.count)]), in: meter)
                }
                throw Counted(steps: meter.steps)
            }
            return 0
        } catch let counted as Counted {
            return counted.steps
        }
    }

    private struct Case {
        var name: String
        var count: Int
        var entry: (Int) throws -> Entry
    }

    /// - Parameter ratio: what twice as much may cost.
    private func expectLinear(_ trial: Case, at handle: TestNode, ratio: Double = 2.3) async throws {
        let once = try await Self.steps(try (0..<trial.count).map(trial.entry), at: handle)
        let twice = try await Self.steps(try (0..<2 * trial.count).map(trial.entry), at: handle)
        #expect(once > trial.count, "\(trial.name): nothing was counted")
        #expect(Double(twice) <= ratio * Double(once), "\(trial.name): \(once) steps for N, \(twice) for 2N")
    }

    /// The same entry again, under an identity of its own.
    private static func again(_ honest: Entry, _ number: Int, subject: String? = nil, causes: [EntryID] = []) -> Entry {
        var id = honest.id
        id.batch.chain.incarnation = 1
        id.batch.sequence = UInt64(number / 500)
        id.index = UInt32(number % 500)
        return Entry(
            id: id, kind: honest.kind, subject: subject ?? honest.subject, authorTime: honest.authorTime,
            receivedTime: honest.receivedTime, causes: causes, fields: honest.fields, payload: honest.payload,
            hasPayload: honest.hasPayload, payloadAudience: honest.payloadAudience)
    }

    @Test("requests, events, versions, readings, decisions, links, matches with one subject")
    func oneSubject() async throws {
        try await ExtremeRegion.run { extreme in
            let honest = try await HonestEntries(of: extreme.region)
            let city = try extreme.region.node("shi")
            var seen: Set<EntryKind> = []
            for sample in honest.samples where sample.entry.kind.rawValue >= 100 {
                guard sample.author != city.nodeID, seen.insert(sample.entry.kind).inserted else { continue }
                try await expectLinear(
                    Case(name: "\(sample.entry.kind)", count: 200) { Self.again(sample.entry, $0) }, at: city)
            }
            #expect(seen.count >= 14, "\(seen.count) kinds")
        }
    }

    @Test("results of one person")
    func onePerson() async throws {
        try await ExtremeRegion.run { extreme in
            try await extreme.region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
            let honest = try await HonestEntries.first(of: EntryKind(100), by: extreme.region.node("jucheng"))
            let trial = Case(name: "results of one person", count: 600) { number in
                let renamed = ExtremeEntry.renamed(ExtremeEntry.hostile(honest), number: number)
                var entry = Self.again(honest, number, subject: renamed.subject)
                entry.fields = renamed.fields
                return entry
            }
            try await expectLinear(trial, at: try extreme.region.node("shi"))
        }
    }

    @Test("a header that names more keys of a person than a bit of it stands for is set aside")
    func manyKeys() async throws {
        try await RecognitionRegion.run { region in
            try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
            let honest = try await HonestEntries.first(of: EntryKind(100), by: region.node("jucheng"))
            let message = try #require(ProtobufBytes(honest.fields))
            let key = try #require(message.fields.first { $0.number == 2 })
            var hostile = HostileNode(try region.node("jucheng"))
            var outcomes: [Int] = []
            for count in [Limits.personIdentifiers - 1, Limits.personIdentifiers] {
                var entry = ExtremeEntry.hostile(honest)
                entry.fields =
                    ProtobufBytes(
                        fields: message.fields + Array(repeating: key, count: count)
                    ).bytes
                let receipt = try await hostile.deliver([entry], to: NodeID("pingding"))
                outcomes.append(receipt.setAside.count)
            }
            #expect(outcomes == [0, 1])
        }
    }

    @Test("entries that wait for one batch are released in parts, and all of them")
    func heldBack() async throws {
        try await RecognitionRegion.run { region in
            try await region.node("jucheng").publish(RecognitionRegion.report("J-1", of: People.wang))
            let honest = try await HonestEntries.first(of: EntryKind(100), by: region.node("jucheng"))
            let county = try region.node("pingding")
            var hostile = HostileNode(try region.node("jucheng"))
            let awaited = hostile.nextID(lane: .clinical)
            for batch in 0..<4 {
                let entries = (0..<1_500).map { number in
                    var entry = ExtremeEntry.renamed(ExtremeEntry.hostile(honest), number: batch * 1_500 + number)
                    entry.payload = nil
                    entry.causes = [awaited]
                    return entry
                }
                let receipt = try await hostile.deliver(entries, to: county.nodeID)
                #expect(receipt.refusals.isEmpty)
            }
            let ledger = try county.node.context.ledger
            func count(_ table: SQLText) async throws -> Int64 {
                try await ledger.read { try $0.row(table, [])?.integer(0) ?? 0 }
            }
            #expect(try await count("SELECT COUNT(*) FROM held") == Int64(Limits.heldPerCause))
            let folded = try await count("SELECT COUNT(*) FROM report_version")
            try await hostile.deliver([ExtremeEntry.hostile(honest)], to: county.nodeID, lane: .clinical)
            #expect(try await count("SELECT COUNT(*) FROM held") > 0, "one commit does not fold all of them")
            // Whatever comes next brings the rest along.
            for _ in 0..<40 where try await count("SELECT COUNT(*) FROM held") > 0 {
                try await hostile.deliver([ExtremeEntry.hostile(honest)], to: county.nodeID, lane: .clinical)
            }
            #expect(try await count("SELECT COUNT(*) FROM held") == 0)
            #expect(try await count("SELECT COUNT(*) FROM release_due") == 0)
            let all = try await count("SELECT COUNT(*) FROM report_version")
            #expect(all >= folded + Int64(Limits.heldPerCause))
            #expect(try await ledger.refold().skippedCount == 0)
            #expect(try await count("SELECT COUNT(*) FROM report_version") == all)
        }
    }
}
