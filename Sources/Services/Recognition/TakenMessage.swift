package import Effects
import Storage

/// A message that this node took, as it remembers it: who sent it, what became of it, what its sender was answered.
package struct TakenMessage: Sendable, Equatable {
    package var message: String
    /// The unit whose message it is.
    package var institution: String
    package var outcome: String
    package var receivedTime: WallTime
    package var answer: [UInt8]

    fileprivate init(row: SQLRow) throws {
        message = try row.text(0)
        institution = try row.text(1)
        outcome = try row.text(2)
        receivedTime = WallTime(milliseconds: try row.integer(3))
        answer = try row.bytes(4)
    }
}

extension RecognitionService {
    /// The messages that were taken last, the newest first; for the node's operator.
    ///
    /// - Parameter id: only those with this control id (MSH-10, or the Bundle's identifier).
    package func takenMessages(withID id: String? = nil, limit: Int) async throws -> [TakenMessage] {
        let limit = min(max(1, limit), Limits.queryResults)
        return try await context.ledger.read { sql in
            guard let id else {
                return try sql.rows(
                    """
                    SELECT message, institution, outcome, received_at, answer FROM received_message
                    ORDER BY received_at DESC, message LIMIT $1
                    """, [limit]
                ).map(TakenMessage.init(row:))
            }
            return try sql.rows(
                """
                SELECT message, institution, outcome, received_at, answer FROM received_message WHERE message = $1
                ORDER BY received_at DESC LIMIT $2
                """, [id, limit]
            ).map(TakenMessage.init(row:))
        }
    }
}
