import Effects
import Regions
import Storage
import Trust
import Wire

/// Reads entries back from stored batches and excerpts.
///
/// What is stored was checked when it was taken in.
struct EntryLoader: Sendable {
    let inspector: BatchInspector

    func entry(_ id: EntryID, in sql: any SQLTransaction) throws -> Entry? {
        if let (batch, receivedTime) = try sealedBatch(id.batch, in: sql) {
            let opened = try inspector.inspect(batch, receivedTime: receivedTime)
            if let entry = opened.entries.first(where: { $0.id == id }) {
                guard entry.lacksPayload, let given = try excerptEntry(id, until: .max, in: sql) else { return entry }
                return given.payload == nil ? entry : entry.with(payloadOf: given)
            }
        }
        return try excerptEntry(id, until: .max, in: sql)
    }

    /// The entries of a batch that lies here, with what its segments here hold; empty where it does not lie here.
    func entries(of identity: BatchIdentity, in sql: any SQLTransaction) throws -> [Entry] {
        guard let (batch, receivedTime) = try sealedBatch(identity, in: sql) else { return [] }
        return try inspector.inspect(batch, receivedTime: receivedTime).entries
    }

    /// An entry as an excerpt brought it, if the excerpt came no later than the arrival `horizon`.
    func excerptEntry(_ id: EntryID, until horizon: Int64, in sql: any SQLTransaction) throws -> Entry? {
        let row = try sql.row(
            "SELECT bytes, received_at FROM excerpt WHERE entry = $1 AND arrival <= $2", [id.description, horizon])
        guard let row else { return nil }
        let excerpt = try Excerpt(wireBytes: try row.bytes(0))
        let time = WallTime(milliseconds: try row.integer(1))
        return try inspector.inspect(excerpt, receivedTime: time).entries.first { $0.id == id }
    }

    func sealedBatch(
        _ identity: BatchIdentity, in sql: any SQLTransaction
    ) throws -> (batch: SealedBatch, receivedTime: WallTime)? {
        guard
            let row = try sql.row(
                """
                SELECT b.chain, b.header, b.seal, b.received_at FROM batch b JOIN chain c ON c.id = b.chain
                WHERE c.author = $1 AND c.incarnation = $2 AND c.lane = $3 AND b.sequence = $4
                """,
                [
                    identity.chain.author.rawValue, identity.chain.incarnation, Int(identity.chain.lane.rawValue),
                    identity.sequence,
                ])
        else { return nil }
        let segments = try Self.segments(chain: try row.integer(0), sequence: identity.sequence, in: sql)
        return (
            SealedBatch(header: try row.bytes(1), seal: try row.bytes(2), segments: segments),
            WallTime(milliseconds: try row.integer(3))
        )
    }

    static func segments(chain: Int64, sequence: UInt64, in sql: any SQLTransaction) throws -> [Int: [UInt8]] {
        var segments: [Int: [UInt8]] = [:]
        let rows = try sql.rows(
            "SELECT position, data FROM segment WHERE chain = $1 AND sequence = $2", [chain, sequence])
        for row in rows { segments[Int(try row.integer(0))] = try row.bytes(1) }
        return segments
    }
}
