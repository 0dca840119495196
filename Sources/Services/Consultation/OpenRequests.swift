package import Effects
import Storage

/// How many requests are open at a node, and since when the oldest one is.
package struct OpenRequests: Sendable, Equatable {
    package var counts: [ConsultationState: Int] = [:]
    /// When the oldest one was made.
    package var oldest: WallTime?
}

extension ConsultationService {
    /// The requests that concern this node and in which something is left to do.
    package func openRequests() async throws -> OpenRequests {
        try await context.ledger.read { sql in
            var open = OpenRequests()
            for row in try sql.rows(
                """
                SELECT state, COUNT(*), MIN(requested_at) FROM consultation_request WHERE is_open = 1 GROUP BY state
                """, [])
            {
                guard let state = ConsultationState(rawValue: try row.text(0)) else { continue }
                open.counts[state] = Int(try row.integer(1))
                let first = WallTime(milliseconds: try row.integer(2))
                open.oldest = min(open.oldest ?? first, first)
            }
            return open
        }
    }
}
