import Effects
package import Ledgers
package import Storage

/// Decisions about results, every version of each.
package struct DecisionProjection: Projection {
    package init() {}

    package let name = "recognition-decision"
    package let declared = [DeclaredKind(.recognitionDecision, author: .decision)]
    package let tables: [StaticString] = ["recognition_decision"]
    package let migrations = [
        Migration(
            "recognition-decision", 1,
            [
                """
                CREATE TABLE recognition_decision (
                    entry TEXT NOT NULL PRIMARY KEY, decision TEXT NOT NULL, number BIGINT NOT NULL,
                    match_id TEXT NOT NULL, report_key TEXT NOT NULL, report_entry TEXT NOT NULL, item TEXT NOT NULL,
                    recognised BIGINT NOT NULL, counted BIGINT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL,
                    fields BYTEA NOT NULL, content BYTEA)
                """,
                "CREATE INDEX recognition_decision_by_key ON recognition_decision (decision)",
                "CREATE INDEX recognition_decision_by_match ON recognition_decision (match_id)",
                "CREATE INDEX recognition_decision_by_report ON recognition_decision (report_key)",
                "CREATE INDEX recognition_decision_by_time ON recognition_decision (at)",
            ])
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        let fields = try DecisionFields(entry)
        try ReportTable.check(fields.entry, isOf: fields.reportKey, holds: fields.item, in: transaction)
        try check(fields, of: entry, in: transaction)
        try ReaderDue.add(entry, report: fields.entry, key: fields.reportKey, context: context, in: transaction)
        if let payload = entry.payload { _ = try DecisionContent(bytes: payload) }
        try transaction.execute(
            """
            INSERT INTO recognition_decision (entry, decision, number, match_id, report_key, report_entry, item,
                recognised, counted, author, at, fields, content)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (entry) DO UPDATE
            SET content = coalesce(recognition_decision.content, excluded.content)
            """,
            [
                entry.id.description, fields.tableKey, fields.number, fields.match, fields.reportKey,
                fields.entry.description, fields.item, fields.isRecognised, fields.isCounted, entry.author.rawValue,
                entry.authorTime.milliseconds, entry.fields, entry.payload,
            ])
        if fields.entry.author == context.node {
            try RecognitionOutbox.note(decision: entry, about: fields.entry, in: transaction)
        }
        if entry.author == context.node {
            try RecognitionOutbox.noteAlerts(
                about: fields.reportKey, after: entry, at: context.node, in: transaction)
        }
    }

    private static let versionsLimit = 16

    /// Checks that no two patients, and no two nodes, share a decision.
    private func check(_ fields: DecisionFields, of entry: Entry, in sql: any SQLTransaction) throws {
        let others = try DecisionTable.versions(of: fields.key, by: fields.unit, in: sql).filter { $0.id != entry.id }
        // A decision is made and changed once; after a restore that may have happened more than once.
        guard others.count < Self.versionsLimit else {
            throw Failure("recognition.tooManyDecisions", "a decision has more versions than one may")
        }
        for other in others {
            let (left, right) = (Set(fields.patientKeys), Set(other.fields.patientKeys))
            guard left.isEmpty || right.isEmpty || !left.isDisjoint(with: right), fields.unit == other.fields.unit,
                fields.item == other.fields.item
            else {
                throw Failure("recognition.otherDecision", "a decision bears the key of another patient's or unit's")
            }
        }
    }
}
