package import Effects
import Regions
import Storage
import Wire

/// How an entry lies in a ledger.
package struct EntryPlacement: Sendable {
    package var isExcerpt: Bool
    package var receivedTime: WallTime
    /// `folded`, `held` or `setAside`.
    package var state: String
    package var reason: String
}

extension Ledger {
    /// Where an entry lies here and what became of it; `nil` where it does not lie here.
    package func placement(of id: EntryID) async throws -> EntryPlacement? {
        try await store.read { sql in
            let chain = id.batch.chain
            let batch = try sql.row(
                """
                SELECT b.received_at FROM batch b JOIN chain c ON c.id = b.chain
                WHERE c.author = $1 AND c.incarnation = $2 AND c.lane = $3 AND b.sequence = $4 AND b.entry_count > $5
                """,
                [
                    chain.author.rawValue, chain.incarnation, Int(chain.lane.rawValue), id.batch.sequence, id.index,
                ])
            let excerpt = try sql.row("SELECT received_at FROM excerpt WHERE entry = $1", [id.description])
            guard let row = batch ?? excerpt else { return nil }
            let time = WallTime(milliseconds: try row.integer(0))
            if let held = try sql.row("SELECT cause FROM held WHERE entry = $1 LIMIT 1", [id.description]) {
                return EntryPlacement(
                    isExcerpt: batch == nil, receivedTime: time, state: "held", reason: "waits for \(try held.text(0))")
            }
            if let aside = try sql.row("SELECT reason FROM set_aside WHERE entry = $1", [id.description]) {
                return EntryPlacement(
                    isExcerpt: batch == nil, receivedTime: time, state: "setAside", reason: try aside.text(0))
            }
            return EntryPlacement(isExcerpt: batch == nil, receivedTime: time, state: "folded", reason: "")
        }
    }
}
