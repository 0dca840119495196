package import Ledgers
package import Storage

/// Reports on a node's own requests that its hospitals' systems have not been told yet, in the order in which they came.
package enum ConsultationAnswers {
    /// A report that is due.
    package struct Due: Sendable, Equatable {
        package var entry: EntryID
        package var request: ConsultationID
        package var position: Int64
        /// Whose request it is.
        package var unit: String
        /// What stands for the patient in the request's header.
        package var patient: String
    }

    /// A report has come with its text.
    static func note(_ entry: EntryID, of request: ConsultationID, in sql: any SQLTransaction) throws {
        try sql.execute(
            """
            INSERT INTO consultation_answer (entry, request, position, is_due)
            VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM consultation_answer), 1)
            ON CONFLICT (entry) DO NOTHING
            """, [entry.description, request.description])
    }

    /// What is due behind a position.
    ///
    /// A report that does not count yet, because the claim before it has not come, is not due before it does.
    package static func due(after position: Int64, limit: Int, in sql: any SQLTransaction) throws -> [Due] {
        var found: [Due] = []
        try sql.forEach(
            "SELECT entry, request, position FROM consultation_answer WHERE is_due = 1 AND position > $1 ORDER BY position",
            [position]
        ) { row in
            let id = try ConsultationID(try row.text(1))
            let entry = try EntryID(try row.text(0))
            guard let record = try ConsultationTable.record(id, in: sql), let request = record.request,
                record.attempts.flatMap(\.reports).contains(where: { $0.entry == entry })
            else { return true }
            found.append(
                Due(
                    entry: entry, request: id, position: try row.integer(2), unit: request.fields.organizationUnit,
                    patient: request.fields.patientKeys.first?.key.bytes.map { String($0, radix: 16) }
                        .joined(separator: "-") ?? id.description))
            return found.count < limit
        }
        return found
    }

    /// The request that a report answers, where its hospital is to be told of it.
    package static func request(of entry: EntryID, in sql: any SQLTransaction) throws -> ConsultationID? {
        try sql.row("SELECT request FROM consultation_answer WHERE entry = $1", [entry.description]).map {
            try ConsultationID(try $0.text(0))
        }
    }

    /// Whether any of some reports lies in the queues already.
    static func isAnyTold(_ entries: [EntryID], in sql: any SQLTransaction) throws -> Bool {
        try entries.contains { entry in
            try sql.row("SELECT 1 FROM consultation_answer WHERE entry = $1 AND is_due = 0", [entry.description]) != nil
        }
    }

    /// It lies in the queue of every system that wants it.
    package static func mark(_ entry: EntryID, in sql: any SQLTransaction) throws {
        try sql.execute("UPDATE consultation_answer SET is_due = 0 WHERE entry = $1", [entry.description])
    }
}
