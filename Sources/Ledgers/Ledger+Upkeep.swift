package import Effects
package import Regions
import Storage

extension Ledger {
    /// Forgets courier's bookkeeping that nobody needs any more, in steps that leave the disk to others in between.
    ///
    /// Parcels that were passed on for somebody else, thirty days after their delivery; what was noted of nodes that are
    /// no neighbours any more. Parcels of own grants stay, because what is said later about a granted entry follows
    /// them; a chain's row stays as long as its batches, and its delivery row as long as the neighbour.
    ///
    /// - Returns: how many rows were forgotten.
    @discardableResult
    package func forgetOldDeliveries(neighbours: [NodeID], at now: WallTime) async throws -> Int {
        let before = WallTime(milliseconds: now.milliseconds - Limits.deliveredParcelMilliseconds)
        let node = node
        var forgotten = 0
        while true {
            let count = try await write(lane: .bulk) { transaction in
                try Parcels.forget(
                    deliveredBefore: before, node: node, limit: Limits.upkeepRows, in: transaction.sql)
            }
            forgotten += count
            if count < Limits.upkeepRows { break }
        }
        let known = Set(neighbours.map(\.rawValue))
        let strangers = try await read { sql in
            try sql.rows("SELECT neighbour FROM delivery UNION SELECT neighbour FROM attachment_due", []).map {
                try $0.text(0)
            }
        }.filter { !known.contains($0) }
        for stranger in strangers {
            forgotten += try await write(lane: .bulk) { transaction in
                try transaction.sql.execute("DELETE FROM attachment_due WHERE neighbour = $1", [stranger])
                    + transaction.sql.execute("DELETE FROM delivery WHERE neighbour = $1", [stranger])
            }
        }
        return forgotten
    }
}
