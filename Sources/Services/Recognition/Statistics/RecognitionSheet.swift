import Effects
package import Regions
import Storage

/// The statistics of one period at one node: an institution a row, sums by class, and everything together.
///
/// Made from the tables alone: the same tables give the same sheet, to the byte of its CSV.
package struct RecognitionSheet: Sendable, Equatable {
    package struct Row: Sendable, Equatable {
        package var unit: OrgUnitID
        package var name: String
        package var grade: InstitutionGrade
        package var isPrivate: Bool
        package var statistics: InstitutionStatistics
    }

    /// 三级甲等, 三级公立, 三级民营, 二级公立, 二级民营, 其他.
    package struct Group: Sendable, Equatable {
        package var name: BilingualText
        package var statistics: InstitutionStatistics
    }

    package var period: ReportingPeriod
    package var node: NodeID
    /// The catalogue's edition that named the items.
    package var edition: String
    package var rows: [Row]
    package var groups: [Group]
    package var total: InstitutionStatistics

    init(
        period: ReportingPeriod, node: NodeID, configuration: RegionConfiguration,
        statistics: [String: InstitutionStatistics]
    ) {
        self.period = period
        self.node = node
        edition = configuration.recognition.edition
        let rows = configuration.organizationUnits.compactMap { unit -> Row? in
            guard let found = statistics[unit.id.rawValue] else { return nil }
            return Row(
                unit: unit.id, name: unit.name, grade: unit.grade, isPrivate: unit.isPrivate, statistics: found)
        }.sorted { $0.unit.rawValue < $1.unit.rawValue }
        self.rows = rows
        var total = InstitutionStatistics(unit: "total")
        for row in rows { total.add(row.statistics) }
        self.total = total
        groups = Self.groupNames.enumerated().map { index, name in
            var sum = InstitutionStatistics(unit: name.english)
            for row in rows where Self.group(of: row) == index { sum.add(row.statistics) }
            return Group(name: name, statistics: sum)
        }
    }

    private static let groupNames = [
        BilingualText("三级甲等", "tertiary A"), BilingualText("三级公立", "tertiary, public"),
        BilingualText("三级民营", "tertiary, private"), BilingualText("二级公立", "secondary, public"),
        BilingualText("二级民营", "secondary, private"), BilingualText("其他", "other"),
    ]

    private static func group(of row: Row) -> Int {
        switch (row.grade, row.grade.level, row.isPrivate) {
        case (.tertiaryA, _, _): 0
        case (_, 3, false): 1
        case (_, 3, true): 2
        case (_, 2, false): 3
        case (_, 2, true): 4
        default: 5
        }
    }
}

extension RecognitionService {
    /// The statistics of a period: a township's own, a county's group, the city's all.
    ///
    /// A node knows of others, too: whose results its doctors opened, who opened those of its own. Their figures are not
    /// whole here, and stand in the sheets of those above them.
    package func sheet(_ period: ReportingPeriod) async throws -> RecognitionSheet {
        let (configuration, rules, node) = (context.region.current, rulebook.current, context.node)
        let statistics = try await context.ledger.read { sql in
            try RecognitionTally.statistics(
                from: period.start, to: period.end, rules: rules, configuration, in: sql)
        }
        // Whoever moved during the period stands where it belonged at its end.
        let last = min(context.now, period.end.advanced(byMilliseconds: -1))
        let tree = ManagementTree(configuration, at: last)
        let nodes = Set([node] + tree.descendants(of: node))
        let units = Set(configuration.organizationUnits.filter { nodes.contains($0.node) }.map(\.id.rawValue))
        return RecognitionSheet(
            period: period, node: node, configuration: configuration,
            statistics: statistics.filter { units.contains($0.key) })
    }
}
