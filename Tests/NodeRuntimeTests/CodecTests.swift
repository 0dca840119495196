import Ledgers
import RecognitionTestKit
import Testing
import Wire
import YilianTestKit

@Suite("What segments are packed with", .serialized)
struct CodecTests {
    /// How the payloads of the batch that this node wrote last are packed.
    private func newestCodec(at node: TestNode) async throws -> Codec? {
        let header = try await node.node.context.ledger.read { [id = node.id] sql in
            try sql.rows(
                """
                SELECT b.header FROM batch b JOIN chain c ON c.id = b.chain WHERE c.author = $1 ORDER BY b.arrival DESC
                """, [id]
            ).map { try BatchHeader(bytes: try $0.bytes(0)) }.first { $0.segments.contains { $0.holdsPayloads } }
        }
        return header?.segments.first { $0.holdsPayloads }?.codec
    }

    /// A report that gets smaller by any codec.
    private func report(_ number: Int) -> TestReport {
        TestReport(
            "J-\(number)", of: People.patient(number),
            observations: (1...30).map { TestObservation("GLU", "葡萄糖 \($0)", "5.6") })
    }

    /// Publishes until a report's payload is packed with zstd; each receipt may bring the news that it can be read.
    private func publishUntilZstd(at node: TestNode, from number: Int, _ region: TestRegion) async throws {
        var number = number
        try await region.wait(for: "a batch with zstd") {
            number += 1
            try await node.publish(report(number))
            return try await newestCodec(at: node) == .zstd
        }
    }

    @Test("where everybody above reads zstd, townships and counties write it")
    func healthy() async throws {
        try await TestRegion.run(.small) { region in
            for id in ["jucheng", "pingding"] {
                try await publishUntilZstd(at: try region.node(id), from: id == "jucheng" ? 0 : 1_000, region)
            }
            try await region.waitUntilAcknowledged()
            for node in region.allNodes { #expect(try await node.verifyLedger() == [], "\(node.id)") }
        }
    }

    @Test("a county that does not know what its city reads says so, and tells its townships as soon as it knows")
    func late() async throws {
        try await TestRegion.run(.small) { region in
            let township = try region.node("jucheng")
            try await region.node("shi").stop()
            try await region.node("pingding").stop()
            try await region.node("pingding").start()
            try await region.wait(for: "the link to the county") { try region.areLinked("jucheng", "pingding") }
            try await township.publish(report(0))
            #expect(try await newestCodec(at: township) == .zlib)
            try await region.node("shi").start()
            try await publishUntilZstd(at: township, from: 1, region)
            try await region.waitUntilAcknowledged()
            #expect(try await region.node("shi").verifyLedger() == [])
        }
    }
}
