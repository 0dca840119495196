package import Regions
package import Storage

extension Ledger {
    /// Whether an entry of this node's own lies on a neighbour's disk, as far as this node has written down.
    ///
    /// The neighbour said so, and where its disk was put back it says another thing at its next link.
    package static func isDelivered(
        _ entry: EntryID, to neighbour: NodeID, in sql: any SQLTransaction
    ) throws -> Bool {
        let chain = entry.batch.chain
        return try sql.row(
            """
            SELECT 1 FROM delivery d JOIN chain c ON c.id = d.chain
            WHERE c.author = $1 AND c.incarnation = $2 AND c.lane = $3 AND d.neighbour = $4 AND d.next_sequence > $5
            """,
            [
                chain.author.rawValue, chain.incarnation, Int(chain.lane.rawValue), neighbour.rawValue,
                entry.batch.sequence,
            ]) != nil
    }
}
