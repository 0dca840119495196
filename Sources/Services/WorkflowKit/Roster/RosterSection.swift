import Effects
package import Regions
import ServiceKit

/// Which experts the region's dispatch desks have, and when they can be asked.
package struct RosterSection: RegionSection {
    package static let name = "rosters"
    package static let keys = ["rosters"]
    package static let unwritten = RosterSection()

    package var rosters: [ExpertRoster]

    package init(rosters: [ExpertRoster] = []) { self.rosters = rosters }

    package func check(in checker: inout RegionChecker) {
        checker.checkUnique(rosters.map(\.home.rawValue), list: "rosters", key: "home", what: "a roster of node")
        var expertIDs: [String: String] = [:]
        for (index, roster) in rosters.enumerated() {
            checker.checkReference(roster.home, item: "rosters.\(index)", key: "home")
            for (position, expert) in roster.experts.enumerated() {
                let item = "rosters.\(index).experts.\(position)"
                checker.checkReference(expert.node, item: item, key: "node")
                checkUnit(of: expert, item, in: &checker)
                if let other = expertIDs[expert.id] {
                    checker.find(
                        "region.duplicateID", item, key: "id",
                        "expert id '\(expert.id)' stands twice, first in the roster of '\(other)'",
                        remedy: "give each expert an id of their own; one roster per expert")
                }
                expertIDs[expert.id] = roster.home.rawValue
            }
        }
    }

    private func checkUnit(of expert: Expert, _ item: String, in checker: inout RegionChecker) {
        guard let unit = expert.unit, checker.configuration.organizationUnit(unit) == nil,
            !checker.excused.contains(unit.rawValue)
        else { return }
        checker.find(
            "region.unknownReference", item, key: "unit", "there is no unit '\(unit)' in this region",
            remedy: checker.nearest(
                to: unit.rawValue, among: checker.configuration.organizationUnits.map(\.id.rawValue),
                else: "correct the name, or add the unit under 'units'"))
    }

    package func compare(with old: Self, in difference: inout RegionDifference) {
        difference.compare(old.rosters.flatMap(Self.experts), rosters.flatMap(Self.experts))
    }

    package var contents: SectionContents? {
        let experts = rosters.flatMap { roster in roster.experts.map { (roster.home, $0) } }
        let titles = ["EXPERT", "NAME", "ROSTER", "AT", "SPECIALTIES", "DUTY", ">CAPACITY"]
        let rows = experts.map { home, expert in
            [
                expert.id, expert.name, home.rawValue, expert.node.rawValue, expert.specialties.joined(separator: " "),
                Self.text(expert.duty), expert.capacity.map { "\($0)" } ?? "-",
            ]
        }
        return SectionContents(
            Self.name, figures: ["experts": experts.count], lines: ["\(Self.name): \(experts.count) experts"],
            tables: rows.isEmpty ? [] : [SectionContents.Table(titles, rows: rows)])
    }

    private static func experts(_ roster: ExpertRoster) -> [RegionDifference.Item] {
        roster.experts.map { expert in
            RegionDifference.Item(
                "expert \(expert.id) on the roster of \(roster.home)",
                [
                    ("name", expert.name), ("node", expert.node.rawValue),
                    ("specialties", expert.specialties.joined(separator: " ")), ("unit", expert.unit?.rawValue ?? ""),
                    ("capabilities", expert.capabilities.joined(separator: " ")), ("duty", text(expert.duty)),
                    ("absent", expert.absences.map(\.text).joined(separator: ", ")),
                    ("capacity", expert.capacity.map { "\($0)" } ?? ""),
                ])
        }
    }

    private static func text(_ duty: [DutyTime]) -> String {
        duty.isEmpty ? "always" : duty.map(\.text).joined(separator: ", ")
    }

    /// An expert of the specialty who is on the roster of a region; for sections that name specialties.
    package static func check(
        specialties: [String], list: String, in checker: inout RegionChecker, what: String = "the kind of request"
    ) {
        let known = Set(checker.configuration.rosters.flatMap(\.experts).flatMap(\.specialties))
        for (index, specialty) in specialties.enumerated() where !known.contains(specialty) && checker.excused.isEmpty {
            checker.find(
                "region.noExpert", "\(list).\(index)", key: "specialty",
                "no expert in any roster has the specialty '\(specialty)'",
                remedy: checker.nearest(
                    to: specialty, among: known.sorted(), else: "add the specialty to an expert, or take \(what) out"))
        }
    }
}
