import Couriers
import Effects
import Ledgers
import RecognitionTestKit
import Testing
import Wire
import YilianTestKit

@Suite("A backlog beside live traffic", .serialized)
struct BacklogTests {
    private static let reports = 200
    /// As long as a document may be that stands in its report.
    private let document = TestDocument("影像", bytes: SeededRandom(seed: 9).bytes(Limits.inlineDocumentBytes))

    @Test("a county that was away drains it, and what is clinical or another township's goes ahead of most of it")
    func live() async throws {
        try await TestRegion.run(.yangquan) { region in
            let (author, county) = (try region.node("jucheng"), try region.node("pingding"))
            await county.stop()
            for number in 0..<Self.reports {
                try await author.publish(
                    TestReport("J-\(number)", of: People.patient(number), documents: [document]))
            }
            let queue = try author.node.queue
            let waiting = try #require(try await queue.items { _ in "stopped" }.max { $0.bytes < $1.bytes })
            #expect(waiting.entries == Self.reports && waiting.bytes > Self.reports * document.bytes.count)
            #expect(waiting.neighbour == county.nodeID && waiting.reason == "no link: stopped")
            #expect(waiting.oldest != nil)

            try region.slow("jucheng", "pingding", by: .milliseconds(20))
            try await county.start()
            try await region.wait(for: "the first of the backlog") { try await county.reportCounts().results > 0 }
            // However far the drain has come by now: as much again waits behind it, and only then what must go ahead.
            try region.hold("jucheng", "pingding")
            try region.hold("zhangzhuang", "pingding")
            for number in Self.reports..<(2 * Self.reports) {
                try await author.publish(
                    TestReport("J-\(number)", of: People.patient(number), documents: [document]))
            }
            let clinical = try await author.node.context.ledger.write(lane: .clinical) { transaction in
                try transaction.append(Self.note)
            }
            try await region.node("zhangzhuang").publish(TestReport("Z-1", of: People.li))
            try region.heal("jucheng", "pingding")
            try region.heal("zhangzhuang", "pingding")
            try await region.wait(for: "the other township's report") {
                try await !county.find(People.li).results.isEmpty
            }
            try region.slow("jucheng", "pingding", by: .milliseconds(0))
            try await region.waitUntilAcknowledged()
            #expect(try await county.reportCounts().results == 2 * Self.reports + 1)
            try await region.wait(for: "an empty queue") { try await queue.items { _ in nil }.isEmpty }

            let backlog = try await arrivals(at: county, from: author, lane: .bulk)
            let ahead = try await arrivals(at: county, from: author, lane: .clinical, holding: clinical)
            let other = try await arrivals(at: county, from: region.node("zhangzhuang"), lane: .bulk)
            let (note, last) = (try #require(ahead.first), try #require(backlog.last))
            #expect(backlog.count { $0 > note } > Self.reports / 2, "most of what waited came after the clinical entry")
            #expect(try #require(other.last) < last, "the other township did not wait for the end of the backlog")
        }
    }

    /// The numbers under which a node's store took in the batches of an author's lane, in the order of their coming.
    private func arrivals(
        at node: TestNode, from author: TestNode, lane: Lane, holding entry: EntryID? = nil
    ) async throws -> [Int64] {
        try await node.node.context.ledger.read { sql in
            try sql.rows(
                """
                SELECT b.arrival FROM batch b JOIN chain c ON c.id = b.chain
                WHERE c.author = $1 AND c.lane = $2 AND ($3 < 0 OR b.sequence = $3) ORDER BY b.arrival
                """, [author.nodeID.rawValue, Int(lane.rawValue), entry.map { Int($0.batch.sequence) } ?? -1]
            ).map { try $0.integer(0) }
        }
    }

    /// A grant of nothing: any node can fold it.
    private static let note = EntryDraft(kind: .grant, subject: "grant", fields: [], headerAudience: .city)
}
