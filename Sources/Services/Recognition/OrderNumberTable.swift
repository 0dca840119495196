import Effects
import Ledgers
import Storage
import Trust
import Wire

/// Finds results by institution, order number and service alone, whoever their patient is.
///
/// A result's key holds its first patient, so a correction that names another person finds nothing by it. The rows are made
/// of the contents that lie here: at the author and its county, and nowhere else. What is found is a hint; whoever uses
/// it reads the result itself.
enum OrderNumberTable {
    static let migration = Migration(
        "recognition", 5,
        [
            """
            CREATE TABLE report_number (
                number BIGINT NOT NULL, report BIGINT NOT NULL, PRIMARY KEY (number, report)) /* clustered */
            """
        ])

    /// Remembers the order number of a report whose content lies here; a content that cannot be read has none.
    static func add(
        _ payload: [UInt8], of key: ReportKeyColumns, service: String, suite: Suite, in sql: any SQLTransaction
    ) throws {
        guard let (institution, kind, number) = try? ReportContent.orderNumber(in: payload) else { return }
        try sql.execute(
            "INSERT INTO report_number (number, report) VALUES ($1, $2) ON CONFLICT (number, report) DO NOTHING",
            [index([institution, service, kind], number, suite: suite), key.number])
    }

    /// The keys of results that may have a report's order number and service.
    ///
    /// - Returns: `nil` where there are more than `limit`: a number that everybody has tells nothing.
    static func keys(
        of content: ReportContent, limit: Int, suite: Suite, in sql: any SQLTransaction
    ) throws -> [String]? {
        let number = ReportIdentity.number(content)
        guard number.count == 2 else { return [] }
        var keys: [String] = []
        // A header names the first code; where there is none, nothing.
        for service in content.service.code.isEmpty ? [""] : ReportIdentity.services(content.service) {
            let rows = try sql.rows(
                """
                SELECT DISTINCT v.report, v.report_rest FROM report_number n
                JOIN report_version v ON v.report = n.report
                WHERE n.number = $1 ORDER BY v.report, v.report_rest LIMIT $2
                """, [index([content.institution, service, number[0]], number[1], suite: suite), limit + 1])
            guard rows.count <= limit else { return nil }
            for row in rows {
                let key = ReportKeyColumns.key(number: try row.integer(0), rest: try row.bytes(1))
                if !keys.contains(key) { keys.append(key) }
            }
        }
        return keys
    }

    /// The number's last digits behind a digest of all that stands before them.
    ///
    /// Order numbers are counted up, so the rows of a day lie together, and a page of the index is written once for many.
    private static func index(_ name: [String], _ number: String, suite: Suite) -> Int64 {
        let digits = String(number.reversed().prefix { $0.isASCII && $0.isNumber }.prefix(digitCount).reversed())
        let name = name + [String(number.dropLast(digits.count)), "\(digits.count)"]
        let digest = suite.digest(Array(name.joined(separator: "\n").utf8)).bytes
        let head = digest.prefix(nameBytes).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(bitPattern: head << (64 - nameBytes * 8) | (UInt64(digits) ?? 0))
    }

    /// 10¹² is less than 2⁴⁰.
    private static let digitCount = 12
    private static let nameBytes = 3
}

extension ReportContent {
    /// Institution and order number of an encoded content, without reading the rest of it; nothing where it names none.
    fileprivate static func orderNumber(
        in payload: [UInt8]
    ) throws -> (institution: String, kind: String, number: String)? {
        try ProtobufReader.read(payload) { reader in
            var institution = ""
            var numbers: [String: String] = [:]
            while let field = try reader.next() {
                switch field.number {
                case 1: institution = try reader.text(field) ?? ""
                case 3: numbers["filler"] = try reader.text(field)?.nonEmpty
                case 4: numbers["placer"] = try reader.text(field)?.nonEmpty
                default: continue
                }
            }
            guard let number = numbers["filler"] ?? numbers["placer"] else { return nil }
            return (institution, numbers["filler"] == nil ? "placer" : "filler", number)
        }
    }
}
