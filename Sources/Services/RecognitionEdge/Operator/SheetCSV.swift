/// The monthly table as CSV (RFC 4180): a byte order mark, so that spreadsheets read the Chinese, CRLF, two head lines.
package enum SheetCSV {
    package static func text(_ sheet: SheetInfo) -> String {
        let columns = SheetColumns.all
        var lines = [columns.map(\.title), columns.map(\.english)]
        for row in sheet.institutions + sheet.groups + [sheet.total] { lines.append(columns.map { $0.value(row) }) }
        return "\u{FEFF}" + lines.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A name that begins like a formula must not become one in a spreadsheet.
    private static func field(_ text: String) -> String {
        let isFormula = text.first.map { "=+@\t\r".contains($0) || $0 == "-" && Double(text) == nil } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { ",\"\r\n".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
