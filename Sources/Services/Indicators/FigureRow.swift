/// One line of a table: one unit, one indicator, the figure that counts now.
package struct FigureRow: Codable, Sendable, Equatable {
    package var unit: String
    package var name: String
    package var tier: String
    package var indicator: String
    package var chineseName: String
    package var englishName: String
    package var numerator: Int64
    package var denominator: Int64
    package var chineseText: String?
    package var englishText: String?
    package var version: Int
    package var isLive: Bool
    package var closedAt: String?
    package var contributors: [String]
    /// Everybody who is not in it, on every level below.
    package var missing: [String]
}

extension PeriodReport {
    /// The report as a table: the newest edition of each unit, live figures where nothing is published.
    package var rows: [FigureRow] {
        units.flatMap { unit in
            guard let edition = unit.current else { return [FigureRow]() }
            return edition.figures.map { figure in
                FigureRow(
                    unit: unit.unit, name: unit.name, tier: unit.tier, indicator: figure.indicator,
                    chineseName: figure.chineseName, englishName: figure.englishName, numerator: figure.numerator,
                    denominator: figure.denominator, chineseText: figure.chineseText,
                    englishText: figure.englishText, version: edition.version, isLive: edition.isLive,
                    closedAt: edition.closedAt, contributors: edition.contributors.map(\.unit),
                    missing: (edition.missing + edition.missingBelow).sorted())
            }
        }
    }
}
