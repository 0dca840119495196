import Console

extension TextTable {
    static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - width(of: text)))
    }

    /// Rows under their headings, indented; columns whose cells are all numbers stand right.
    static func render(_ headings: [String], _ rows: [[String]]) -> String {
        let columns = headings.enumerated().map { column, heading in
            let cells = rows.map { $0.indices.contains(column) ? $0[column] : "" }
            let isNumeric = !cells.isEmpty && cells.allSatisfy { $0.first?.isNumber == true || $0 == "–" }
            return isNumeric ? ">" + heading : heading
        }
        var table = TextTable(columns: columns)
        for row in rows { table.add(row: row) }
        return table.text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
            .joined(separator: "\n")
    }
}
