import Effects
import Ledgers
import NodeRuntime
import Storage
import Wire

@testable import YilianTestKit

extension TestNode {
    /// Whether a text stands anywhere on the node's disk: in any file, in any segment when it is decompressed, or in
    /// any excerpt.
    func diskHolds(_ text: String) async throws -> Bool {
        let wanted = Array(text.utf8)
        if try await plainSegments().contains(where: { $0.holds(wanted) }) { return true }
        let disk = SystemDisk()
        return try disk.list(folder).contains { name in
            try disk.read(folder + "/" + name, limitBytes: 1 << 30).holds(wanted)
        }
    }

    private func plainSegments() async throws -> [[UInt8]] {
        try await node.context.ledger.read { sql in
            let rows = try sql.rows(
                """
                SELECT b.header, s.position, s.data FROM segment s
                JOIN batch b ON b.chain = s.chain AND b.sequence = s.sequence
                """, [])
            let segments = try rows.map { row in
                let facts = try BatchHeader(bytes: try row.bytes(0)).segments[Int(try row.integer(1))]
                return try Compression.decompress(
                    try row.bytes(2), codec: facts.codec, limitBytes: Limits.segmentDecompressedBytes)
            }
            return segments + (try sql.rows("SELECT bytes FROM excerpt", []).map { try $0.bytes(0) })
        }
    }
}

extension [UInt8] {
    func holds(_ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first, count >= wanted.count else { return false }
        return indices.dropLast(wanted.count - 1).contains { index in
            self[index] == first && self[index..<(index + wanted.count)].elementsEqual(wanted)
        }
    }
}
