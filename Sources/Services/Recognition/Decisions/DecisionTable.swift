package import Effects
package import Ledgers
import Storage

/// A decision as it stands in the tables.
package struct DecisionRecord: Sendable, Equatable {
    package var id: EntryID
    package var fields: DecisionFields
    /// What names order and doctor; none where this node has only the header.
    package var content: DecisionContent?
    package var time: WallTime

    /// Whether it says what a request says.
    func says(_ request: DecisionRequest, _ wanted: DecisionContent) -> Bool {
        fields.isRecognised == (request.reason == nil) && fields.reason == request.reason
            && fields.entry == request.entry && content?.text == wanted.text
    }
}

/// Reads the projection of decisions.
enum DecisionTable {
    /// All versions of a decision, the first one first.
    static func versions(of key: String, by unit: String, in sql: any SQLTransaction) throws -> [DecisionRecord] {
        try sql.rows(
            """
            SELECT entry, decision, at, fields, content FROM recognition_decision
            WHERE decision = $1 ORDER BY number, at, entry
            """, [DecisionFields.tableKey(key, of: unit)]
        ).map(record)
    }

    static func record(of entry: EntryID, in sql: any SQLTransaction) throws -> DecisionRecord? {
        try sql.row(
            "SELECT entry, decision, at, fields, content FROM recognition_decision WHERE entry = $1",
            [entry.description]
        ).map(record)
    }

    static func current(ofMatch match: String, in sql: any SQLTransaction) throws -> [DecisionRecord] {
        newestVersions(
            try sql.rows(
                """
                SELECT entry, decision, at, fields, content FROM recognition_decision
                WHERE match_id = $1 ORDER BY at, entry LIMIT $2
                """, [match, Limits.queryResults]
            ).map(record))
    }

    static func newest(limit: Int, in sql: any SQLTransaction) throws -> [DecisionRecord] {
        try sql.rows(
            """
            SELECT entry, decision, at, fields, content FROM recognition_decision ORDER BY at DESC, entry LIMIT $1
            """, [min(max(1, limit), Limits.queryResults)]
        ).map(record)
    }

    /// What counts of decisions in a span of time: of each key the version with the highest number.
    ///
    /// A decision belongs to the time of its first version; what changed it later changes what is counted there.
    static func counted(
        from: WallTime, to: WallTime, in sql: any SQLTransaction, _ body: (DecisionRecord) throws -> Void
    ) throws {
        try sql.forEach(
            """
            SELECT d.entry, d.decision, f.at, d.fields, NULL FROM recognition_decision f
            JOIN recognition_decision d ON d.decision = f.decision AND NOT EXISTS (
                SELECT 1 FROM recognition_decision n WHERE n.decision = d.decision
                AND (n.number > d.number OR n.number = d.number AND n.entry > d.entry))
            WHERE f.number = 1 AND f.at >= $1 AND f.at < $2 AND NOT EXISTS (
                SELECT 1 FROM recognition_decision o WHERE o.decision = f.decision AND o.number = 1
                AND o.entry < f.entry)
            ORDER BY d.decision, d.entry
            """, [from.milliseconds, to.milliseconds]
        ) { row in
            try body(try record(row))
            return true
        }
    }

    private static func newestVersions(_ records: [DecisionRecord]) -> [DecisionRecord] {
        records.filter { record in
            !records.contains { $0.fields.key == record.fields.key && $0.fields.number > record.fields.number }
        }
    }

    private static func record(_ row: SQLRow) throws -> DecisionRecord {
        let id = try EntryID(try row.text(0))
        let time = WallTime(milliseconds: try row.integer(2))
        let entry = Entry(
            id: id, kind: .recognitionDecision, subject: String(try row.text(1).split(separator: "/").last ?? ""),
            authorTime: time, receivedTime: time,
            causes: [], fields: try row.bytes(3), payload: nil, hasPayload: false)
        return DecisionRecord(
            id: id, fields: try DecisionFields(entry),
            content: try row.optionalBytes(4).map(DecisionContent.init(bytes:)),
            time: time)
    }
}
