package import Regions

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
