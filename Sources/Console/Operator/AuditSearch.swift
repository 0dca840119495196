import Effects
import Ledgers
import ServiceKit
import Storage

/// Looks up in the audit ledger's table who was given what on one access statement, and on those that follow it.
///
/// A following statement's id is the first one's, a slash and a serial.
struct AuditSearch {
    let ledger: Ledger

    func records(statement: String) async throws -> [AuditInfo] {
        try await ledger.read { sql in
            try sql.rows(
                """
                SELECT entry, at, action, outcome, statement, node, practitioner, purpose, break_glass, caller,
                    correlation, answered
                FROM audit WHERE statement = $1 OR (statement >= $2 AND statement < $3) ORDER BY at, entry LIMIT $4
                """, [statement, statement + "/", statement + "0", Limits.queryResults]
            ).map { row in
                AuditInfo(
                    entry: try row.text(0), at: WallTime(milliseconds: try row.integer(1)).description,
                    action: try row.text(2), outcome: try row.text(3), statement: try row.text(4),
                    node: try row.text(5), practitioner: try row.text(6), purpose: try row.text(7),
                    breakGlassReason: row.optionalText(8), caller: try row.text(9), correlation: try row.text(10),
                    answered: Int(try row.integer(11)))
            }
        }
    }
}
