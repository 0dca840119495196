import Ledgers
import NodeRuntime
import TestKit
import Testing

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
}
