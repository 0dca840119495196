import Effects
import Ledgers
import NodeRuntime
import RecognitionTestKit
import Testing
import YilianTestKit

@Suite("Granted entries", .serialized)
struct ParcelTests {
    @Test(
        "an entry that is granted to a township of another county reaches it through its own county, with its content")
    func across() async throws {
        try await TestRegion.run(.small) { region in
            let entry = try EntryID(try await region.node("yuxian").publish(TestReport("Y-1", of: People.li)).entry)
            let recipient = try region.node("jucheng")
            #expect(try await recipient.node.context.ledger.entry(entry) == nil)
            let id = recipient.nodeID
            _ = try await region.node("yuxian").node.context.ledger.write(lane: .clinical) { transaction in
                try transaction.grant([entry], to: [id])
            }
            try await region.waitUntilAcknowledged()
            let granted = try await recipient.node.context.ledger.entry(entry)
            #expect(granted?.payload != nil)
            #expect(try await recipient.find(People.li).results.first?.entry == entry.description)
            #expect(try await recipient.verifyLedger() == [])
            let proof = try await recipient.node.context.ledger.excerpt(of: entry)
            let opened = try recipient.node.context.ledger.inspector.inspect(proof, receivedTime: .epoch)
            #expect(opened.entries.map(\.id) == [entry])
        }
    }

    @Test("a grant that is made while the recipient is down waits and arrives, once")
    func late() async throws {
        try await TestRegion.run(.small) { region in
            let recipient = try region.node("jucheng")
            await recipient.stop()
            let entry = try EntryID(try await region.node("yuxian").publish(TestReport("Y-1", of: People.li)).entry)
            let id = recipient.nodeID
            _ = try await region.node("yuxian").node.context.ledger.write(lane: .clinical) { transaction in
                try transaction.grant([entry], to: [id])
            }
            try await recipient.start()
            try await region.waitUntilAcknowledged()
            #expect(try await recipient.reportCounts().versions == 1)
            try await recipient.restart()
            try await region.waitUntilAcknowledged()
            #expect(try await recipient.node.context.ledger.entry(entry)?.payload != nil)
        }
    }

    @Test("entries that are granted and never come are told of in one line a page, and given up after 30 days")
    func neverComes() async throws {
        try await TestRegion.run(.small, TestOptions(clock: .manual)) { region in
            let (county, township) = (try region.node("pingding"), try region.node("jucheng").nodeID)
            try await region.wait(for: "the link") { try region.areLinked("jucheng", "pingding") }
            let ledger = try county.node.context.ledger
            let made = try EntryID(try await county.publish(TestReport("P-1", of: People.li)).entry)
            let batch = BatchIdentity(chain: made.batch.chain, sequence: 1_000_000)
            let never = (0..<70).map { EntryID(batch: batch, index: UInt32($0)) }
            _ = try await ledger.write(lane: .clinical) { try $0.grant(never, to: [township]) }
            func lines(_ text: String) -> [TestLog.Line] { region.log.lines(of: "pingding", holding: text) }
            try await region.wait(for: "the line") { lines("granted entries are not held here yet").count == 2 }
            #expect(try await ledger.read { try Parcels.recipients(in: $0) } == [township])
            region.clock.advance(by: .seconds(31 * 86_400))
            try await region.wait(for: "the end of waiting") {
                // The links have ended meanwhile.
                region.clock.advance(by: .seconds(1))
                return try await ledger.read { try Parcels.recipients(in: $0) }.isEmpty
            }
            // The courier of the link that ended may have begun with it as well.
            #expect(lines("a granted entry is not sent").count >= 70)
        }
    }
}
