/// Aligned columns for a terminal, where a Chinese character is two columns wide.
enum TextTable {
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    static func padded(_ text: String, to columns: Int, isNumber: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, columns - width(text)))
        return isNumber ? space + text : text + space
    }

    /// Rows under their headings; columns whose cells are all numbers stand right.
    static func render(_ headings: [String], _ rows: [[String]]) -> String {
        let all = [headings] + rows
        let widths = headings.indices.map { column in
            all.map { $0.indices.contains(column) ? width($0[column]) : 0 }.max() ?? 0
        }
        let numbers = headings.indices.map { column in
            !rows.isEmpty
                && rows.allSatisfy { row in
                    row.indices.contains(column) && (row[column].first?.isNumber == true || row[column] == "–")
                }
        }
        return all.map { row in
            "  "
                + row.indices.map { column in
                    padded(row[column], to: widths[column], isNumber: numbers[column])
                }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
            0xffe0...0xffe6, 0x20000...0x3fffd:
            true
        default: false
        }
    }
}
