import Couriers
import Effects
import Ledgers
import RecognitionTestKit
import Storage
import Testing
import Trust
import YilianTestKit

@Suite("Documents beside reports", .serialized)
struct DocumentTests {
    private let long = TestDocument("胸部CT", bytes: SeededRandom(seed: 7).bytes(3 * Limits.attachmentChunkBytes + 77))
    private let short = TestDocument("心电图", contentType: "text/plain", bytes: Array("窦性心律".utf8))

    private func chunks(at node: TestNode) async throws -> Int {
        try await node.node.context.ledger.read { sql in
            Int(try sql.row("SELECT COUNT(*) FROM attachment_chunk", [])?.integer(0) ?? 0)
        }
    }

    @Test(
        "a long document follows its report to the county, nobody else, and opens in the other county",
        arguments: ResultJourneyTests.worlds)
    func journey(options: TestOptions) async throws {
        try await TestRegion.run(.small, options) { region in
            let township = try region.node("jucheng")
            try await township.publish(TestReport("J-1", of: People.wang, documents: [long, short]))
            try await region.waitUntilAcknowledged()
            #expect(try await chunks(at: township) == 4)
            #expect(try await chunks(at: region.node("pingding")) == 4)
            for id in ["shi", "yuxian", "diaodu"] { #expect(try await chunks(at: region.node(id)) == 0, "\(id)") }

            let doctor = try region.node("yuxian")
            let opened = try await doctor.open(try #require(try await doctor.find(People.wang).results.first))
            #expect(opened.documentSizes == [long.bytes.count, short.bytes.count])
            #expect(try await doctor.document(1, of: opened) == long)
            #expect(try await doctor.document(2, of: opened) == short)
            #expect(try await chunks(at: doctor) == 0, "who looks keeps nothing")
            await #expect(throws: TestFailure.self) { try await doctor.document(3, of: opened) }
            for node in region.allNodes { #expect(try await node.verifyLedger() == []) }
            let queue = try township.node.queue
            try await region.wait(for: "the acknowledgement") { try await queue.items { _ in nil }.isEmpty }
        }
    }

    @Test("every node that serves a document has written so once, whatever the number of its parts")
    func audit() async throws {
        try await TestRegion.run(.small) { region in
            try await region.node("jucheng").publish(TestReport("J-1", of: People.wang, documents: [long]))
            try await region.waitUntilAcknowledged()
            let doctor = try region.node("yuxian")
            let opened = try await doctor.open(try #require(try await doctor.find(People.wang).results.first))
            _ = try await doctor.document(1, of: opened)
            for (id, outcome) in [("yuxian", "forwarded"), ("shi", "forwarded"), ("pingding", "served")] {
                let records = try await region.node(id).accessRecords().filter { $0.action == "recognition.document" }
                #expect(records.map(\.outcome) == [outcome], "\(id)")
            }
        }
    }

    @Test("a link that is cut in the middle of a document: what came stays, and the rest comes when it is back")
    func cut() async throws {
        try await TestRegion.run(.small) { region in
            let (township, county) = (try region.node("jucheng"), try region.node("pingding"))
            try region.slow("jucheng", "pingding", by: .milliseconds(40))
            let document = TestDocument("影像", bytes: SeededRandom(seed: 8).bytes(24 * Limits.attachmentChunkBytes))
            try await township.publish(TestReport("J-1", of: People.wang, documents: [document]))
            try await region.wait(for: "a part of the document") { try await chunks(at: county) > 1 }
            try region.cut("jucheng", "pingding")
            try await region.wait(for: "the cut to be felt") { try !region.areLinked("jucheng", "pingding") }
            let kept = try await chunks(at: county)
            #expect((2..<24).contains(kept), "\(kept) parts were there when the link was cut")

            let found = try #require(try await county.find(People.wang).results.first)
            let opened = try await county.open(found)
            #expect(opened.documentSizes == [document.bytes.count])
            let items = try await county.node.queue.items { _ in "cut" }
            let awaited = try #require(items.first { $0.content == .awaitedDocuments })
            #expect((awaited.entries, awaited.bytes) == (1, document.bytes.count))
            #expect(awaited.reason == "no link: cut")
            let leaving = try await township.node.queue.items { _ in nil }
            let due = try #require(leaving.first { $0.content == .documents })
            #expect((due.entries, due.bytes) == (1, document.bytes.count))

            try await county.restart()
            #expect(try await chunks(at: county) >= kept)
            try region.heal("jucheng", "pingding")
            try await region.waitUntilAcknowledged()
            #expect(try await chunks(at: county) == 24)
            #expect(try await county.document(1, of: opened) == document)
            #expect(try await county.verifyLedger() == [])
        }
    }

    @Test("the same report with the same long document is a duplicate; with another document it is a new version")
    func duplicates() async throws {
        try await TestRegion.run(.small) { region in
            let township = try region.node("jucheng")
            let report = TestReport("J-1", of: People.wang, documents: [long])
            #expect(try await township.publish(report).outcome == "accepted")
            #expect(try await township.publish(report).outcome == "duplicate")
            var other = report
            other.documents[0].bytes[0] ^= 1
            #expect(try await township.publish(other).outcome == "newVersion")
            try await region.waitUntilAcknowledged()
            #expect(try await chunks(at: region.node("pingding")) == 8)
        }
    }
}
