import Effects
import Ledgers
import Regions
import ServiceKit
import Storage
import Wire

extension AuthorRule {
    /// The institution delivers to the author at rule time, and the result is the institution's: ``ReportKey``.
    ///
    /// After a move the new node corrects old results, because only the institution counts.
    static let report = AuthorRule { question in
        let institution = try ReportHeading.institution(in: question.entry.fields)
        try question.requireDelivery(of: institution)
        guard ReportKey.isBound(question.entry.subject, to: institution, suite: question.region.suite) else {
            throw Failure(
                "author.notIssuer", "\(question.entry.author) wrote a version of another institution's result")
        }
    }

    /// The reader's unit delivers; whose result it was, is read from the result.
    static let opening = AuthorRule { question in
        guard let message = try? PBRecognitionOpeningFields(serializedBytes: question.entry.fields) else { return }
        try question.requireDelivery(of: message.unit)
    }

    /// The place of the order delivers.
    static let match = AuthorRule { question in
        guard let message = try? PBRecognitionMatchFields(serializedBytes: question.entry.fields) else { return }
        try question.requireDelivery(of: message.unit)
    }

    /// The deciding unit delivers, and its own match of the same patient offered the result.
    static let decision = AuthorRule(
        needing: { question in
            // The match goes as far as the city; others are given the decision alone.
            guard try question.isReached(by: .city), let match = try? DecisionFields(question.entry).matchEntry else {
                return []
            }
            return match.author == question.entry.author ? [match] : []
        },
        check: { question in
            let fields = try DecisionFields(question.entry)
            try question.requireDelivery(of: fields.unit)
            guard try question.isReached(by: .city) else { return }
            guard let match = fields.matchEntry, match.author == question.entry.author,
                let row = try question.sql.row(
                    "SELECT match_id, unit FROM recognition_match WHERE entry = $1", [match.description]),
                try row.text(0) == fields.match, try row.text(1) == fields.unit
            else {
                throw Failure(
                    "author.noMatch", "\(question.entry.author) decided about a result that no match of its offered")
            }
            try checkPatient(of: fields, matched: match, in: question.sql)
        })

    private static func checkPatient(
        of fields: DecisionFields, matched match: EntryID, in sql: any SQLTransaction
    ) throws {
        let keys = Set(
            try sql.rows("SELECT patient_key FROM recognition_match_patient WHERE entry = $1", [match.description])
                .map { try $0.bytes(0) })
        guard Set(fields.patientKeys.map(\.indexBytes)) == keys else {
            throw Failure("author.noMatch", "a decision names another patient than its match")
        }
    }

    /// The author of the opening or the decision that it answers.
    static let acknowledgement = AuthorRule(
        needing: { question in
            guard try question.isReached(by: .city), let reading = try reading(in: question.entry),
                reading.author == question.entry.author
            else { return [] }
            return [reading]
        },
        check: { question in
            guard let message = try? PBRecognitionAcknowledgementFields(serializedBytes: question.entry.fields) else {
                return
            }
            try question.requireDelivery(of: message.unit)
            guard try question.isReached(by: .city) else { return }
            let reading = try reading(in: question.entry)
            guard let reading, reading.author == question.entry.author,
                try isReading(reading, of: message.reportKey, by: message.unit, in: question.sql)
            else {
                throw Failure(
                    "author.notReader", "\(question.entry.author) takes note for somebody who had not read the result")
            }
        })

    private static func reading(in entry: Entry) throws -> EntryID? {
        guard let message = try? PBRecognitionAcknowledgementFields(serializedBytes: entry.fields) else { return nil }
        return try? EntryID(message.reading)
    }

    private static func isReading(
        _ entry: EntryID, of report: String, by unit: String, in sql: any SQLTransaction
    ) throws -> Bool {
        let opened = try sql.row(
            "SELECT 1 FROM recognition_opening WHERE entry = $1 AND report_key = $2 AND unit = $3",
            [entry.description, report, unit])
        if opened != nil { return true }
        let decided = try sql.row(
            "SELECT fields, decision FROM recognition_decision WHERE entry = $1 AND report_key = $2",
            [entry.description, report])
        return try decided?.text(1).hasPrefix(unit + "/") ?? false
    }

    /// The dispatcher of that time: nobody vouches for itself.
    static let certificate = AuthorRule { try $0.requireDispatcher() }
}
