import Effects
import Ledgers
import Recognition
import Testing
import YilianTestKit

extension TestNode {
    /// Takes the content of an entry away, as a damaged disk or an erasure by law would; its header stays.
    fileprivate func erasePayload(of entry: EntryID) async throws {
        let ledger = try node.context.ledger
        let batch = entry.batch
        try await ledger.write(lane: .bulk) { transaction in
            let row = try #require(
                try transaction.sql.row(
                    """
                    SELECT b.chain, b.header FROM batch b JOIN chain c ON c.id = b.chain
                    WHERE c.author = $1 AND c.incarnation = $2 AND c.lane = $3 AND b.sequence = $4
                    """,
                    [
                        batch.chain.author.rawValue, batch.chain.incarnation, Int64(batch.chain.lane.rawValue),
                        batch.sequence,
                    ]))
            let header = try BatchHeader(bytes: try row.bytes(1))
            for (position, segment) in header.segments.enumerated() where segment.holdsPayloads {
                try transaction.sql.execute(
                    "DELETE FROM segment WHERE chain = $1 AND sequence = $2 AND position = $3",
                    [try row.integer(0), batch.sequence, Int64(position)])
            }
        }
        #expect(try await ledger.entry(entry).map { $0.payload == nil } == true)
    }
}

@Suite("A version whose content was erased", .serialized)
struct ErasedBaseTests {
    @Test("where what stood cannot be read any more, a correction of one line stands by itself, and its sender is told")
    func unmerged() async throws {
        try await TestRegion.run(.small) { region in
            let (sender, reader) = (try region.node("jucheng"), try region.node("yuxian"))
            let first = try await sender.send(Sent(lines: [("1", "WBC", "15.5", "F"), ("2", "HGB", "98", "F")]))
            try await region.waitUntilAcknowledged()
            let entry = try #require(first.first?.entry)
            try await sender.erasePayload(of: entry)
            let corrected = try await sender.send(
                Sent(status: .corrected, issued: 9, lines: [("2", "HGB", "128", "C")]))
            #expect(corrected.first?.notices.map(\.code) == [.unmerged] && corrected.first?.version == 2)
            try await region.waitUntilAcknowledged()
            #expect(try await reader.lines() == ["HGB=128"])
            // A report that is sent as a whole needs nothing of what stood.
            let whole = try await sender.send(
                Sent(number: "F2", lines: [("1", "K", "4.1", "F")], format: .fhir))
            try await region.waitUntilAcknowledged()
            try await sender.erasePayload(of: try #require(whole.first?.entry))
            let next = try await sender.send(
                Sent(number: "F2", status: .corrected, issued: 9, lines: [("1", "K", "4.2", "C")], format: .fhir))
            #expect(next.first?.notices.map(\.code) == [])
            // The sender's own ledger has a hole now, and says so; those that were given everything are whole.
            #expect(try await sender.verifyLedger() != [])
            for node in region.allNodes where node.id != sender.id { #expect(try await node.verifyLedger() == []) }
        }
    }
}
