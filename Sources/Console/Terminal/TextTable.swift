package import Effects

/// A table for people: columns as wide as their widest cell, Chinese characters counted as two columns.
package struct TextTable {
    /// How a column stands.
    enum Alignment {
        case left
        case right
    }

    private var columns: [(title: String, alignment: Alignment)]
    private var rows: [[String]] = []
    private let language: Language
    /// Whether it has no title line; then the first cell of a row is its name.
    private var isSheet: Bool { columns.allSatisfy(\.title.isEmpty) }

    /// - Parameter columns: titles; one that begins with `>` stands to the right, as numbers do. No title line is shown
    ///   where all are empty.
    package init(_ columns: String...) {
        self.init(columns: columns)
    }

    /// - Parameter language: in which titles, names of rows and states are shown; see ``TerminalWords``.
    package init(columns: [String], language: Language = .current) {
        self.columns = columns.map {
            $0.hasPrefix(">") ? (String($0.dropFirst()), .right) : ($0, .left)
        }
        self.language = language
    }

    package mutating func add(_ cells: String...) {
        add(row: cells)
    }

    /// A cell stays on its line and does nothing to a terminal, whoever wrote what is in it.
    package mutating func add(row: [String]) {
        rows.append(
            row.enumerated().map { column, cell in
                let isWord =
                    isSheet
                    ? column == 0
                    : columns.indices.contains(column) && TerminalWords.statefulTitles.contains(columns[column].title)
                return PlainText.line(isWord ? TerminalWords.shown(cell, in: language) : cell)
            })
    }

    package var isEmpty: Bool { rows.isEmpty }

    package var text: String {
        let titles = columns.map { TerminalWords.shown($0.title, in: language) }
        let lines = (isSheet ? [] : [titles]) + rows
        let widths = columns.indices.map { column in
            lines.map { $0.indices.contains(column) ? Self.width(of: $0[column]) : 0 }.max() ?? 0
        }
        return lines.map { cells in
            var line = ""
            for (column, width) in widths.enumerated() {
                let cell = cells.indices.contains(column) ? cells[column] : ""
                let padding = String(repeating: " ", count: width - Self.width(of: cell))
                let isLast = column == widths.count - 1
                switch columns[column].alignment {
                case .left: line += cell + (isLast ? "" : padding)
                case .right: line += padding + cell
                }
                if !isLast { line += "  " }
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    /// Columns that a text takes in a terminal: East Asian wide and full-width characters take two (UAX #11).
    package static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        if scalar.properties.generalCategory == .nonspacingMark || scalar.value == 0x200D { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            return 2
        default:
            return 1
        }
    }
}
