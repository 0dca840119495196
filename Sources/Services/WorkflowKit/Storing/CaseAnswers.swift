package import Effects
package import Ledgers
import Regions
package import ServiceKit
package import Storage

/// What a node's hospitals' systems are to be told of cases, in the order in which it came.
package enum CaseAnswers<W: Workflow> {
    /// Where an answer stands on its way to the hospital.
    private enum Way: String {
        case due
        /// It came so long after it was written that the hospital may have had it before this node lost its disk: an
        /// operator lets it go, or takes it out.
        case held
        /// It lies in the queue of every system that wants it, or is not to be told.
        case told
    }

    static var toldState: String { Way.told.rawValue }

    /// What this workflow's cases have to tell, for whoever waits for it.
    package static var part: LedgerPart { .rows(rows) }
    private static var rows: TablePart { TablePart("case_answer", of: W.table.name) }

    /// An answer that is due.
    package struct Due: Sendable, Equatable {
        package var entry: EntryID
        package var position: Int64
        /// Whose systems are told.
        package var unit: String
        /// What stands for the patient in the case's header: each of the patient's keys.
        package var patients: [String]
    }

    /// Answers that are held.
    package struct Held: Sendable, Equatable {
        package var count: Int
        /// When the first and the last of them were written.
        package var first: WallTime
        package var last: WallTime
    }

    /// Notes what of a case is to be told at a node (``Workflow/notices(of:at:)``), each once.
    ///
    /// It is asked with every entry about the case, so an answer that counts only since another entry has come is noted
    /// with that one, and nothing has to be looked at again.
    static func note(_ record: CaseRecord<W>, at node: NodeID, in sql: any SQLTransaction) throws {
        guard let creation = record.creation else { return }
        let notices = W.notices(of: record, at: node)
        guard !notices.isEmpty else { return }
        let known = try sql.rows(
            "SELECT entry FROM case_answer WHERE workflow = $1 AND case_id = $2", [W.table.name, record.id.description]
        ).map { try $0.text(0) }
        let patients = PatientKeyReference.names(creation.fields.patientKeys)
        let forgotten = known.count < notices.count ? try CaseMemory<W>.forgotten(in: sql) : nil
        for notice in notices where !known.contains(notice.step.entry.description) {
            let answer = notice.step
            // It was told long ago; a refold brings it once more.
            if let forgotten, answer.receivedTime < forgotten { continue }
            let age = answer.receivedTime.milliseconds(since: answer.authorTime)
            sql.note(rows)
            let state: Way = age > Limits.outgoingFreshMilliseconds ? .held : .due
            try sql.execute(
                """
                INSERT INTO case_answer (entry, workflow, case_id, position, unit, patients, written_at, state)
                VALUES ($1, $2, $3, (SELECT COALESCE(MAX(position), 0) + 1 FROM case_answer), $4, $5, $6, $7)
                ON CONFLICT (entry) DO NOTHING
                """,
                [
                    answer.entry.description, W.table.name, record.id.description, notice.unit,
                    patients.joined(separator: " "), answer.authorTime.milliseconds, state.rawValue,
                ])
        }
    }

    /// What is due behind a position.
    package static func due(after position: Int64, limit: Int, in sql: any SQLTransaction) throws -> [Due] {
        try sql.rows(
            """
            SELECT entry, position, unit, patients FROM case_answer
            WHERE workflow = $1 AND state = $2 AND position > $3 ORDER BY position LIMIT $4
            """, [W.table.name, Way.due.rawValue, position, limit]
        ).map(due)
    }

    /// An answer that was noted, whether it is due or not.
    package static func noted(_ entry: EntryID, in sql: any SQLTransaction) throws -> Due? {
        try sql.row(
            "SELECT entry, position, unit, patients FROM case_answer WHERE entry = $1 AND workflow = $2",
            [entry.description, W.table.name]
        ).map(due)
    }

    private static func due(_ row: SQLRow) throws -> Due {
        Due(
            entry: try EntryID(try row.text(0)), position: try row.integer(1), unit: try row.text(2),
            patients: try row.text(3).split(separator: " ").map(String.init))
    }

    /// What stands for the patient of an answer: what its case's header says, and across epochs of patient keys what the case
    /// itself says, where it lies here.
    package static func patients(of due: Due, at context: NodeContext) async throws -> [String] {
        guard context.patientKeys.hasSeveralEpochs,
            let creation = try await context.ledger.read({ sql in
                try id(of: due.entry, in: sql).flatMap { try CaseTable<W>.record($0, in: sql)?.creation }
            }), let payload = try await context.ledger.entry(creation.entry)?.payload
        else { return due.patients }
        let names = context.patientKeys.names(
            of: try CaseContent(wireBytes: payload).patient.identifiers, within: creation.fields.organizationUnit,
            at: context.now)
        return Set(due.patients).union(names).sorted()
    }

    /// The case that an answer is of, where a hospital is to be told of it.
    package static func id(of entry: EntryID, in sql: any SQLTransaction) throws -> CaseID<W>? {
        try sql.row(
            "SELECT case_id FROM case_answer WHERE entry = $1 AND workflow = $2", [entry.description, W.table.name]
        ).map { try CaseID(try $0.text(0)) }
    }

    /// Whether any of some answers lies in the queues already.
    package static func isAnyTold(_ entries: [EntryID], in sql: any SQLTransaction) throws -> Bool {
        try entries.contains { entry in
            try sql.row(
                "SELECT 1 FROM case_answer WHERE entry = $1 AND state = $2",
                [entry.description, Way.told.rawValue]) != nil
        }
    }

    /// It lies in the queue of every system that wants it.
    package static func mark(_ entry: EntryID, in sql: any SQLTransaction) throws {
        try sql.execute(
            "UPDATE case_answer SET state = $1 WHERE entry = $2", [Way.told.rawValue, entry.description])
    }

    /// What is held; `nil` where nothing is.
    package static func held(in sql: any SQLTransaction) throws -> Held? {
        let row = try sql.row(
            """
            SELECT COUNT(*), MIN(written_at), MAX(written_at) FROM case_answer WHERE workflow = $1 AND state = $2
            """, [W.table.name, Way.held.rawValue])
        guard let row, let first = row.optionalInteger(1), let last = row.optionalInteger(2) else { return nil }
        return Held(
            count: Int(clamping: try row.integer(0)), first: WallTime(milliseconds: first),
            last: WallTime(milliseconds: last))
    }

    /// Lets what is held go, or takes it out.
    ///
    /// - Parameter time: only what was written then or later.
    /// - Returns: how many answers it were.
    package static func settle(
        asDue isDue: Bool, since time: WallTime, in sql: any SQLTransaction
    ) throws -> Int {
        sql.note(rows)
        return try sql.execute(
            "UPDATE case_answer SET state = $1 WHERE workflow = $2 AND state = $3 AND written_at >= $4",
            [(isDue ? Way.due : .told).rawValue, W.table.name, Way.held.rawValue, time.milliseconds])
    }
}
