package import Console

extension TextTable {
    /// A number with its thousands set apart, as people read it.
    package static func number(_ value: some BinaryInteger) -> String {
        let digits = String(value)
        guard let last = digits.last else { return digits }
        let parts = digits.dropLast().enumerated().map { offset, digit in
            let isEndOfGroup = (digits.count - 1 - offset) % 3 == 0 && digit.isNumber
            return isEndOfGroup ? "\(digit)," : "\(digit)"
        }
        return parts.joined() + String(last)
    }

    static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - width(of: text)))
    }

    /// Rows under their headings, indented; columns whose cells are all numbers stand right.
    package static func render(_ headings: [String], _ rows: [[String]]) -> String {
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
