import Effects
import Storage
import Synchronization

/// Tells rule time: the author's time, not before what the same chain has sealed, and not after receipt.
///
/// So a refold judges history as it was judged then, and whoever steals a key today cannot write for yesterday.
final class RuleClock: Sendable {
    /// How far an honest author's clock may be ahead of the receiver's.
    private static let toleranceMilliseconds: Int64 = 300_000

    /// What the chain had sealed before a batch; the entries of one batch ask one after the other.
    private let known = Mutex<(batch: BatchIdentity, horizon: Int64, sealed: WallTime?)?>(nil)

    func time(of entry: Entry, until horizon: Int64, in sql: any SQLTransaction) throws -> WallTime {
        let sealed = try sealed(before: entry.id.batch, until: horizon, in: sql)
        return min(
            max(entry.authorTime, sealed ?? entry.authorTime),
            entry.receivedTime.advanced(byMilliseconds: Self.toleranceMilliseconds))
    }

    private func sealed(
        before batch: BatchIdentity, until horizon: Int64, in sql: any SQLTransaction
    ) throws -> WallTime? {
        if let known = known.withLock({ $0 }), known.batch == batch, known.horizon == horizon { return known.sealed }
        let header = try Self.header(before: batch, until: horizon, in: sql)
        let sealed = try header.map { try BatchHeader(bytes: $0).lastAuthorTime }
        known.withLock { $0 = (batch, horizon, sealed) }
        return sealed
    }

    /// The batch before in the chain, or the last one of the incarnation before.
    private static func header(
        before batch: BatchIdentity, until horizon: Int64, in sql: any SQLTransaction
    ) throws -> [UInt8]? {
        let chain = batch.chain
        let same = try sql.row(
            """
            SELECT b.header FROM batch b JOIN chain c ON c.id = b.chain
            WHERE c.author = $1 AND c.incarnation = $2 AND c.lane = $3 AND b.sequence < $4
            ORDER BY b.sequence DESC LIMIT 1
            """, [chain.author.rawValue, chain.incarnation, Int(chain.lane.rawValue), batch.sequence])
        if let same { return try same.bytes(0) }
        let before = try sql.row(
            """
            SELECT id FROM chain WHERE author = $1 AND lane = $2 AND incarnation < $3
            ORDER BY incarnation DESC LIMIT 1
            """, [chain.author.rawValue, Int(chain.lane.rawValue), chain.incarnation])
        guard let before else { return nil }
        return try sql.row(
            "SELECT header FROM batch WHERE chain = $1 AND arrival <= $2 ORDER BY sequence DESC LIMIT 1",
            [try before.integer(0), horizon]
        )?.bytes(0)
    }
}
