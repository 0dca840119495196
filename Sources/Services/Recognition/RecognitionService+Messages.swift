import Effects
package import ServiceKit
import Storage

extension RecognitionService: MessageOffer {
    package func takenMessages(withID id: String?, limit: Int) async throws -> [TakenMessage] {
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

extension TakenMessage {
    fileprivate init(row: SQLRow) throws {
        self.init(
            message: try row.text(0), institution: try row.text(1), outcome: try row.text(2),
            receivedTime: WallTime(milliseconds: try row.integer(3)), answer: try row.bytes(4))
    }
}
