import Effects
package import Ledgers
import Storage
package import Trust

/// Which messages of hospitals' systems a node took, and what it answered: for their repetitions and for those who ask.
///
/// Whatever service takes a message remembers it in the transaction that takes it, so that it is taken once.
package struct MessageMemory: Sendable {
    private let ledger: Ledger
    private let suite: Suite

    package init(_ context: NodeContext) {
        ledger = context.ledger
        suite = context.region.suite
    }

    /// Remembers a message in the transaction that takes it.
    ///
    /// - Parameters:
    ///   - outcome: `accepted`, or `duplicate` where nothing has changed by it.
    ///   - answer: what a repetition of the same bytes is answered with.
    package static func remember(
        _ receipt: MessageReceipt, outcome: String, answer: [UInt8], suite: Suite, in transaction: LedgerTransaction
    ) throws {
        try transaction.sql.execute(
            """
            INSERT INTO received_message (source, message, digest, outcome, answer, received_at, institution)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (source, message, digest) DO NOTHING
            """,
            [
                receipt.source, receipt.messageID, suite.digest(receipt.bytes).bytes, outcome, answer,
                transaction.now.milliseconds, receipt.institution,
            ])
    }

    /// The answer to a message that came before with the same source, id and bytes.
    package func storedAnswer(to receipt: MessageReceipt) async throws -> StoredAnswer? {
        let digest = suite.digest(receipt.bytes).bytes
        return try await ledger.read { sql in
            try sql.row(
                """
                SELECT outcome, answer, received_at FROM received_message
                WHERE source = $1 AND message = $2 AND digest = $3
                """, [receipt.source, receipt.messageID, digest]
            ).map(Self.storedAnswer)
        }
    }

    /// What became of an institution's messages with a control id, newest first.
    package func messages(withID id: String, of institution: String) async throws -> [StoredAnswer] {
        try await ledger.read { sql in
            try sql.rows(
                """
                SELECT outcome, answer, received_at FROM received_message
                WHERE message = $1 AND institution = $2 ORDER BY received_at DESC LIMIT 20
                """, [id, institution]
            ).map(Self.storedAnswer)
        }
    }

    /// The messages of all institutions that were taken last, the newest first; for the node's operator.
    ///
    /// - Parameter id: only those with this control id (MSH-10, or the Bundle's identifier).
    package func taken(withID id: String?, limit: Int) async throws -> [TakenMessage] {
        let limit = min(max(1, limit), Limits.queryResults)
        return try await ledger.read { sql in
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

    private static func storedAnswer(_ row: SQLRow) throws -> StoredAnswer {
        StoredAnswer(
            outcome: try row.text(0), answer: try row.bytes(1), receivedTime: WallTime(milliseconds: try row.integer(2))
        )
    }
}
