import Effects
package import Ledgers
package import Regions
package import Storage
import SwiftProtobuf
import Wire

/// Writes who looked at what into the node's own ledger, before anything is answered.
///
/// Audit entries have the audience `own`: they never leave the node; their existence shows in the sealed headers that
/// the ancestors hold, so none can be taken out unseen.
package struct AuditTrail: Sendable {
    private let ledger: Ledger

    package init(ledger: Ledger) {
        self.ledger = ledger
    }

    /// Appends one record; it is durable on return.
    package func record(_ record: AuditRecord) async throws {
        let draft = try record.draft()
        try await ledger.write(lane: .clinical) { transaction in _ = try transaction.append(draft) }
    }

    /// Appends one record, and refuses a statement on which this node has answered before; that is on record too.
    ///
    /// What was used stands in the ledger: a restart forgets nothing, and two at once are one too many.
    ///
    /// - Throws: `access.used`.
    package func recordOnce(_ record: AuditRecord) async throws {
        let (draft, refusal) = (try record.draft(), try record.refused.draft())
        let statement = record.statement.statement
        let isFirst = try await ledger.write(lane: .clinical) { transaction in
            let isUsed = try Self.isUsed(statement, in: transaction.sql)
            _ = try transaction.append(isUsed ? refusal : draft)
            return !isUsed
        }
        guard isFirst else {
            throw Failure(
                "access.used", "this node has answered on this access statement before",
                remedy: "each question needs a statement of its own: ask again at the node where the person sits")
        }
    }

    /// Appends one record for the first answer on a statement whose question is answered in several parts.
    ///
    /// The statement names its question and comes over one link alone, so its later parts tell nobody more.
    package func recordFirst(_ record: AuditRecord) async throws {
        let statement = record.statement.statement
        guard try await ledger.read({ try Self.isUsed(statement, in: $0) }) == false else { return }
        let draft = try record.draft()
        try await ledger.write(lane: .clinical) { transaction in
            if try !Self.isUsed(statement, in: transaction.sql) { try transaction.append(draft) }
        }
    }

    /// Appends one record in the command of which it tells: both are durable or neither.
    package static func append(_ record: AuditRecord, in transaction: LedgerTransaction) throws {
        try transaction.append(try record.draft())
    }

    /// The keys under which people of a node asked for one person together with any of these: a statement names a person by
    /// the keys of every epoch.
    package static func companions(
        of keys: [PatientKeyReference], at node: NodeID, limit: Int, in sql: any SQLTransaction
    ) throws -> [PatientKeyReference] {
        try keys.flatMap { key in
            try sql.rows(
                """
                SELECT DISTINCT other.patient_key FROM audit_patient own JOIN audit ON audit.entry = own.entry
                JOIN audit_patient other ON other.entry = own.entry
                WHERE own.patient_key = $1 AND audit.node = $2 ORDER BY other.patient_key LIMIT $3
                """, [key.indexBytes, node.rawValue, limit]
            ).compactMap { PatientKeyReference(indexBytes: try $0.bytes(0)) }
        }
    }

    /// A record of a statement's use; arguments: statement, node, and two outcomes that are none.
    package static let used: SQLText =
        "SELECT 1 FROM audit WHERE statement = $1 AND node = $2 AND outcome NOT IN ($3, $4) LIMIT 1"

    /// Whether this node has answered on a statement.
    private static func isUsed(_ statement: AccessStatement, in sql: any SQLTransaction) throws -> Bool {
        try sql.row(
            used,
            [
                statement.id, statement.node.rawValue, AuditRecord.Outcome.refused.rawValue,
                AuditRecord.Outcome.alert.rawValue,
            ]) != nil
    }
}

/// The audit ledger as a table that can be searched.
package struct AuditProjection: Projection {
    package init() {}

    package let name = "audit"
    package let declared = [DeclaredKind(.audit, author: .itself)]
    package let tables: [StaticString] = ["audit", "audit_patient", "audit_opening", "audit_review"]
    package let migrations = [
        Migration(
            "audit", 1,
            [
                """
                CREATE TABLE audit (
                    entry TEXT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, action TEXT NOT NULL, outcome TEXT NOT NULL,
                    statement TEXT NOT NULL, node TEXT NOT NULL, practitioner TEXT NOT NULL, purpose TEXT NOT NULL,
                    break_glass TEXT, caller TEXT NOT NULL, correlation TEXT NOT NULL, answered BIGINT NOT NULL)
                """,
                "CREATE INDEX audit_by_statement ON audit (statement)",
            ]),
        Migration(
            "audit", 2,
            [
                "ALTER TABLE audit ADD COLUMN unit TEXT NOT NULL DEFAULT ''",
                "CREATE INDEX audit_by_time ON audit (at)",
                // About whom: without it nobody could be told who has looked at their results.
                """
                CREATE TABLE audit_patient (
                    patient_key BYTEA NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (patient_key, entry))
                """,
            ]),
        Migration("audit", 3, ["ALTER TABLE audit ADD COLUMN system TEXT NOT NULL DEFAULT ''"]),
        reviews,
        // Whoever looks for what is rare, or was never done, does not read all that was.
        Migration(
            "audit", 5,
            [
                "CREATE INDEX audit_by_practitioner ON audit (practitioner, at)",
                "CREATE INDEX audit_by_purpose ON audit (purpose, at)",
                // Of an expression: the node of most records is this one, and no statement goes by it unasked.
                "CREATE INDEX audit_by_node ON audit ((node || ''), at)",
                "CREATE INDEX audit_by_system ON audit (system, at) WHERE system <> ''",
                "CREATE INDEX audit_by_alert ON audit (outcome, at) WHERE outcome = 'alert'",
                // About whom else a record is.
                "CREATE INDEX audit_patient_by_entry ON audit_patient (entry)",
            ]),
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        guard let message = try? PBAuditRecord(serializedBytes: entry.fields) else {
            throw Failure("audit.malformed", "the audit record cannot be read")
        }
        let statement = try SignedAccessStatement(wire: message.statement).statement
        let asking = statement.asking
        try transaction.execute(
            """
            INSERT INTO audit (entry, at, action, outcome, statement, node, practitioner, purpose, break_glass, caller,
                correlation, answered, unit, system)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (entry) DO NOTHING
            """,
            [
                entry.id.description, entry.authorTime.milliseconds, message.action, message.outcome,
                statement.id, statement.node.rawValue, asking.practitioner, asking.purpose.rawValue,
                asking.breakGlassReason, message.caller, message.correlation,
                try PeerNumber.count(message.answered, atMost: Limits.versions, "a count of answers"),
                asking.organizationUnit, asking.system,
            ])
        for key in statement.patientKeys {
            try transaction.execute(
                "INSERT INTO audit_patient (patient_key, entry) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                [key.indexBytes, entry.id.description])
        }
        try Self.foldOpening(entry, message, statement, in: transaction)
        try Self.foldReview(entry, message, statement, at: context.node, in: transaction)
    }
}
