import Effects
package import Regions
package import ServiceKit

/// What the region agrees on about consultations: who reports on what, and by when.
package struct ConsultationSection: RegionSection {
    package static let name = "consultation"
    package static let keys = ["rosters", "serviceLevels"]
    package static let unwritten = ConsultationSection()

    package var rosters: [ExpertRoster]
    package var serviceLevels: [ServiceLevel]

    package init(rosters: [ExpertRoster] = [], serviceLevels: [ServiceLevel] = []) {
        self.rosters = rosters
        self.serviceLevels = serviceLevels
    }

    package func check(in checker: inout RegionChecker) {
        checkExperts(in: &checker)
        checker.checkUnique(serviceLevels.map(\.kind), list: "serviceLevels", key: "kind", what: "the kind of request")
        let specialties = Set(rosters.flatMap(\.experts).flatMap(\.specialties))
        for (index, level) in serviceLevels.enumerated()
        where !specialties.contains(level.specialty) && checker.excused.isEmpty {
            checker.find(
                "region.noExpert", "serviceLevels.\(index)", key: "specialty",
                "no expert in any roster has the specialty '\(level.specialty)'",
                remedy: checker.nearest(
                    to: level.specialty, among: specialties.sorted(),
                    else: "add the specialty to an expert, or take the kind of request out"))
        }
    }

    private func checkExperts(in checker: inout RegionChecker) {
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
        difference.compare(old.serviceLevels.map(Self.item), serviceLevels.map(Self.item))
    }

    package var contents: SectionContents? {
        let experts = rosters.flatMap(\.experts).count
        let titles = ["KIND", "NAME", "SPECIALTY", ">CLAIM", ">REPORT", ">GRACE"]
        let rows = serviceLevels.map { level in
            [
                level.kind, level.name, level.specialty, "\(level.claimSeconds) s", "\(level.reportSeconds) s",
                "\(level.graceSeconds) s",
            ]
        }
        return SectionContents(
            Self.name, figures: ["experts": experts, "serviceLevels": rows.count],
            lines: ["\(Self.name): \(experts) experts, \(rows.count) service levels"],
            tables: rows.isEmpty ? [] : [SectionContents.Table(titles, rows: rows)])
    }

    private static func experts(_ roster: ExpertRoster) -> [RegionDifference.Item] {
        roster.experts.map { expert in
            RegionDifference.Item(
                "expert \(expert.id) on the roster of \(roster.home)",
                [
                    ("name", expert.name), ("node", expert.node.rawValue),
                    ("specialties", expert.specialties.joined(separator: " ")),
                    ("unit", expert.unit?.rawValue ?? ""),
                ])
        }
    }

    private static func item(_ level: ServiceLevel) -> RegionDifference.Item {
        RegionDifference.Item(
            "service level \(level.kind)",
            [
                ("name", level.name), ("specialty", level.specialty), ("claim", "\(level.claimSeconds) s"),
                ("report", "\(level.reportSeconds) s"), ("grace", "\(level.graceSeconds) s"),
            ])
    }
}

extension RegionConfiguration {
    /// The experts by the node whose desk offers requests to them.
    package var rosters: [ExpertRoster] {
        get { section(ConsultationSection.self).rosters }
        set {
            var agreed = section(ConsultationSection.self)
            agreed.rosters = newValue
            set(agreed)
        }
    }

    /// What is agreed about each kind of request.
    package var serviceLevels: [ServiceLevel] {
        get { section(ConsultationSection.self).serviceLevels }
        set {
            var agreed = section(ConsultationSection.self)
            agreed.serviceLevels = newValue
            set(agreed)
        }
    }

    package func serviceLevel(_ kind: String) -> ServiceLevel? { serviceLevels.first { $0.kind == kind } }
    package func roster(at home: NodeID) -> ExpertRoster? { rosters.first { $0.home == home } }
}

extension ConsultationSection: PractitionerSource {
    /// An expert of a roster may, where they work.
    package func enters(_ asking: Asking, at node: NodeID) -> Bool {
        asking.purpose == .consultation
            && rosters.flatMap(\.experts).contains { $0.id == asking.practitioner && $0.node == node }
    }
}
