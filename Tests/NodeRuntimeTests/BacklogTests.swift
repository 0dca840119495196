import Couriers
import Effects
import Ledgers
import TestKit
import Testing

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
            let clinical = try await author.node.context.ledger.write(lane: .clinical) { transaction in
                try transaction.append(Self.note)
            }
            try await region.node("zhangzhuang").publish(TestReport("Z-1", of: People.li))
            try await region.wait(for: "the clinical entry at the county's disk") {
                try await county.node.context.ledger.placement(of: clinical) != nil
            }
            #expect(try await county.reportCounts().results < Self.reports / 2, "the backlog was still draining")
            try await region.wait(for: "the other township's report") {
                try await !county.find(People.li).results.isEmpty
            }
            #expect(try await county.reportCounts().results < Self.reports, "the backlog was still draining")
            try region.slow("jucheng", "pingding", by: .milliseconds(0))
            try await region.waitUntilAcknowledged()
            #expect(try await county.reportCounts().results == Self.reports + 1)
            try await region.wait(for: "an empty queue") { try await queue.items { _ in nil }.isEmpty }
        }
    }

    /// A grant of nothing: any node can fold it.
    private static let note = EntryDraft(kind: .grant, subject: "grant", fields: [], headerAudience: .city)
}
