import Effects
import Storage

extension ConsultationService {
    /// The requests that a unit's orders made, by the hospital's own number of the order.
    ///
    /// - Parameter number: with the system that gave it out behind a `^`, or without: then of every system.
    package func requests(ofOrder number: String, unit: String) async throws -> [ConsultationID] {
        let isExact = number.contains("^")
        return try await context.ledger.read { sql in
            try sql.rows(
                """
                SELECT request FROM consultation_order
                WHERE unit = $1 AND (order_number = $2 OR $3 = 0 AND order_number >= $4 AND order_number < $5)
                ORDER BY request LIMIT $6
                """,
                // What begins with the number and a `^`: `_` comes behind it.
                [unit, number, isExact ? 1 : 0, number + "^", number + "_", Limits.queryResults]
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
