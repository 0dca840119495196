import Effects
import Regions
import ServiceKit
import Storage

/// The first versions of persons' results, as far as a table of repeats asks for them; each person's are read once.
struct PersonResults {
    struct Result {
        var unit: String
        var items: Set<String>
        var time: WallTime
        var authorTime: WallTime
    }

    /// How many persons are kept at a time; more than are matched again and again.
    private static let personsKept = 1_000

    private var persons: [[PatientKeyReference]: [Result]] = [:]

    /// The results of whoever a match was made for, under every key that leads to the person.
    mutating func ofPerson(
        inMatch match: String, in sql: any SQLTransaction, configuration: RegionConfiguration
    ) throws -> [Result] {
        let keys = try sql.rows(
            "SELECT patient_key FROM recognition_match_patient WHERE entry = $1 ORDER BY patient_key", [match]
        ).compactMap { PatientKeyReference(indexBytes: try $0.bytes(0)) }
        if let known = persons[keys] { return known }
        if persons.count >= Self.personsKept { persons = [:] }
        var all: [Result] = []
        for key in keys + (try ReportTable.widened(keys, in: sql)) {
            let rows = try sql.rows(
                """
                SELECT v.fields, v.report, v.report_rest, v.author_time FROM report_patient p
                JOIN report_version v ON v.report = p.report WHERE p.patient = $1 AND v.version = 1
                """, [key.indexNumber])
            for row in rows {
                let report = ReportKeyColumns.key(number: try row.integer(1), rest: try row.bytes(2))
                let fields = try ReportFields(bytes: try row.bytes(0), reportKey: report)
                guard !fields.lines.isEmpty, let time = RecognitionMatcher.reportTime(of: fields),
                    try ReportTable.result(report, in: sql).names(key)
                else { continue }
                let issuer = RecognitionMatcher.issuer(of: fields, in: configuration)?.id.rawValue
                all.append(
                    Result(
                        unit: issuer ?? fields.institution, items: Set(fields.lines.map(\.item)), time: time,
                        authorTime: WallTime(milliseconds: try row.integer(3))))
            }
        }
        persons[keys] = all
        return all
    }
}
