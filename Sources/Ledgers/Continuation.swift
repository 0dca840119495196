import Regions
import Storage
import Trust
import Wire

/// Whether a batch follows from the header that it names, of its own chain or of the incarnation that it continues.
///
/// The continued incarnation may come later than the chain that continues it, or not at all (its author lost it). Then
/// the chain is taken, what it awaits is written down, and it is checked when that arrives: a chain that names another
/// header than the one that lies here is stopped like a fork.
enum Continuation: Equatable {
    case follows
    /// It names a batch that does not lie here yet.
    case awaits(BatchIdentity)
    case broken

    static func check(
        _ batch: InspectedBatch, chain: BatchTable.Chain?, in sql: any SQLTransaction
    ) throws -> Continuation {
        if let chain { return chain.lastHash == batch.header.previous ? .follows : .broken }
        guard let continued = batch.header.continuedFrom else {
            return batch.header.previous == nil ? .follows : .broken
        }
        var before = batch.header.identity
        before.chain.incarnation = continued.incarnation
        before.sequence = continued.sequence
        guard let known = try BatchTable().chain(before.chain, in: sql),
            let hash = try BatchTable().headerHash(chain: known.id, sequence: before.sequence, in: sql)
        else { return .awaits(before) }
        return hash == batch.header.previous ? .follows : .broken
    }

    static func await(_ batch: BatchIdentity, chain: Int64, in sql: any SQLTransaction) throws {
        try sql.execute("UPDATE chain SET awaited = $1 WHERE id = $2", [batch.description, chain])
    }

    /// Checks the chains that wait for a batch which has arrived.
    static func recheck(arrived batch: InspectedBatch, in sql: any SQLTransaction) throws {
        let waiting = try sql.rows(
            "SELECT id FROM chain WHERE awaited = $1", [batch.header.identity.description])
        for row in waiting {
            let chain = try row.integer(0)
            try sql.execute("UPDATE chain SET awaited = NULL WHERE id = $1", [chain])
            let first = try sql.row("SELECT header FROM batch WHERE chain = $1 AND sequence = 0", [chain])
            guard let first, try BatchHeader(bytes: try first.bytes(0)).previous != batch.headerDigest else { continue }
            try sql.execute("UPDATE chain SET blocked = $1 WHERE id = $2", ["continuation", chain])
        }
    }
}
