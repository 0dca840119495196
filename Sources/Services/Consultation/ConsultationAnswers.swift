package import Effects
package import Ledgers
import ServiceKit
package import Storage

/// Reports on a node's own requests that its hospitals' systems are to be told, in the order in which they came.
package enum ConsultationAnswers {
    /// Where a report stands on its way to the hospital.
    private enum State: String {
        case due
        /// It came so long after it was written that the hospital may have had it before this node lost its disk: an
        /// operator lets it go, or takes it out.
        case held
        /// It lies in the queue of every system that wants it, or is not to be told.
        case told
    }

    /// A report that is due.
    package struct Due: Sendable, Equatable {
        package var entry: EntryID
        package var position: Int64
        /// Whose request it is.
        package var unit: String
        /// What stands for the patient in the request's header: each of the patient's keys.
        package var patients: [String]
    }

    /// Reports that are held.
    package struct Held: Sendable, Equatable {
        package var count: Int
        /// When the first and the last of them were written.
        package var first: WallTime
        package var last: WallTime
    }

    /// Notes the reports of a request that count and whose text is here, each once.
    ///
    /// It is asked with every entry about the request, so a report that counts only since another entry has come is noted
    /// with that one, and nothing has to be looked at again.
    static func note(_ record: ConsultationRecord, in sql: any SQLTransaction) throws {
        guard let request = record.request else { return }
        let reports = record.attempts.flatMap(\.reports).filter(\.hasPayload)
        guard !reports.isEmpty else { return }
        let known = try sql.rows(
            "SELECT entry FROM consultation_answer WHERE request = $1", [record.id.description]
        ).map { try $0.text(0) }
        let patients = PatientKeyReference.names(request.fields.patientKeys)
        for report in reports where !known.contains(report.entry.description) {
            let age = report.receivedTime.milliseconds(since: report.authorTime)
            let state: State = age > Limits.outgoingFreshMilliseconds ? .held : .due
            try sql.execute(
                """
                INSERT INTO consultation_answer (entry, request, position, unit, patients, written_at, state)
                VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM consultation_answer), $3, $4, $5, $6)
                ON CONFLICT (entry) DO NOTHING
                """,
                [
                    report.entry.description, record.id.description, request.fields.organizationUnit,
                    patients.joined(separator: " "), report.authorTime.milliseconds, state.rawValue,
                ])
        }
    }

    /// What is due behind a position.
    package static func due(after position: Int64, limit: Int, in sql: any SQLTransaction) throws -> [Due] {
        try sql.rows(
            """
            SELECT entry, position, unit, patients FROM consultation_answer WHERE state = $1 AND position > $2
            ORDER BY position LIMIT $3
            """, [State.due.rawValue, position, limit]
        ).map(due)
    }

    /// A report that was noted, whether it is due or not.
    package static func noted(_ entry: EntryID, in sql: any SQLTransaction) throws -> Due? {
        try sql.row(
            "SELECT entry, position, unit, patients FROM consultation_answer WHERE entry = $1", [entry.description]
        ).map(due)
    }

    private static func due(_ row: SQLRow) throws -> Due {
        Due(
            entry: try EntryID(try row.text(0)), position: try row.integer(1), unit: try row.text(2),
            patients: try row.text(3).split(separator: " ").map(String.init))
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
            try sql.row(
                "SELECT 1 FROM consultation_answer WHERE entry = $1 AND state = $2",
                [entry.description, State.told.rawValue]) != nil
        }
    }

    /// It lies in the queue of every system that wants it.
    package static func mark(_ entry: EntryID, in sql: any SQLTransaction) throws {
        try sql.execute(
            "UPDATE consultation_answer SET state = $1 WHERE entry = $2", [State.told.rawValue, entry.description])
    }

    /// What is held; `nil` where nothing is.
    package static func held(in sql: any SQLTransaction) throws -> Held? {
        let row = try sql.row(
            "SELECT COUNT(*), MIN(written_at), MAX(written_at) FROM consultation_answer WHERE state = $1",
            [State.held.rawValue])
        guard let row, let first = row.optionalInteger(1), let last = row.optionalInteger(2) else { return nil }
        return Held(
            count: Int(clamping: try row.integer(0)), first: WallTime(milliseconds: first),
            last: WallTime(milliseconds: last))
    }

    /// Lets what is held go, or takes it out.
    ///
    /// - Parameter time: only what was written then or later.
    /// - Returns: how many reports it were.
    package static func settle(
        asDue isDue: Bool, since time: WallTime, in sql: any SQLTransaction
    ) throws -> Int {
        try sql.execute(
            "UPDATE consultation_answer SET state = $1 WHERE state = $2 AND written_at >= $3",
            [(isDue ? State.due : .told).rawValue, State.held.rawValue, time.milliseconds])
    }
}
