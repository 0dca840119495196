import Effects
import Ledgers
import Storage
import Trust
import Wire

extension ConsultationService {
    /// An order as somebody asks for it: the hospital's own number, and the system that gave it out.
    package struct OrderToken: Sendable, Equatable {
        package var value: String
        /// `nil`: whichever; empty: none.
        package var system: String?

        package init(value: String, system: String?) {
            self.value = value
            self.system = system
        }
    }

    /// Notes which order made a request of this node, where nobody knows it any more: the node was made anew and got its
    /// requests back, and the same order must not make a second one.
    static func noteOrder(
        of entry: Entry, _ fields: ConsultationFields, suite: Suite, in sql: any SQLTransaction
    ) throws {
        guard let payload = entry.payload else { return }
        var content = try ConsultationContent(wireBytes: payload)
        guard !content.orderNumber.isEmpty, let asking = content.statement?.statement.asking else { return }
        content.statement = nil
        let draft = ConsultationDraft(kind: fields.terms.kind, content: content, asking: asking)
        try sql.execute(
            """
            INSERT INTO consultation_order (unit, order_number, request, content_digest) VALUES ($1, $2, $3, $4)
            ON CONFLICT (unit, order_number) DO NOTHING
            """,
            [
                fields.organizationUnit, content.orderNumber, fields.request.description,
                suite.digest(try draft.orderBytes()).bytes,
            ])
    }

    /// The requests that a unit's orders made, in the order of their ids.
    ///
    /// - Parameters:
    ///   - id: only those behind it.
    ///   - limit: at most `Limits.queryResults`.
    package func requests(
        ofOrder order: OrderToken, unit: String, after id: String = "", limit: Int = Limits.queryResults
    ) async throws -> [ConsultationID] {
        let exact = order.system.map { $0.isEmpty ? order.value : order.value + "^" + $0 }
        return try await context.ledger.read { sql in
            try sql.rows(
                """
                SELECT request FROM consultation_order
                WHERE unit = $1 AND request > $2
                    AND (order_number = $3 OR $4 = 0 AND order_number >= $5 AND order_number < $6)
                ORDER BY request LIMIT $7
                """,
                // What begins with the number and a `^`: `_` comes behind it.
                [
                    unit, id, exact ?? order.value, exact == nil ? 0 : 1, order.value + "^", order.value + "_",
                    min(max(1, limit), Limits.queryResults),
                ]
            ).map { try ConsultationID(try $0.text(0)) }
        }
    }

    /// The number of a unit's order that made a request; `nil` where it was made without one.
    package func orderNumber(of request: ConsultationID, unit: String) async throws -> String? {
        try await context.ledger.read { sql in
            try sql.row(
                "SELECT order_number FROM consultation_order WHERE unit = $1 AND request = $2",
                [unit, request.description]
            ).map { try $0.text(0) }
        }
    }
}
