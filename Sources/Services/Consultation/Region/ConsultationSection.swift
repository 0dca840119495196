import Effects
package import Regions
package import ServiceKit
import WorkflowKit

/// What the region agrees on about consultations: what is asked of which experts, and by when.
package struct ConsultationSection: RegionSection {
    package static let name = "consultation"
    package static let keys = ["serviceLevels"]
    package static let unwritten = ConsultationSection()

    package var serviceLevels: [ServiceLevel]

    package init(serviceLevels: [ServiceLevel] = []) { self.serviceLevels = serviceLevels }

    package func check(in checker: inout RegionChecker) {
        checker.checkUnique(serviceLevels.map(\.kind), list: "serviceLevels", key: "kind", what: "the kind of request")
        RosterSection.check(specialties: serviceLevels.map(\.specialty), list: "serviceLevels", in: &checker)
    }

    package func compare(with old: Self, in difference: inout RegionDifference) {
        difference.compare(old.serviceLevels.map(Self.item), serviceLevels.map(Self.item))
    }

    package var contents: SectionContents? {
        let titles = ["KIND", "NAME", "SPECIALTY", ">CLAIM", ">REPORT", ">GRACE"]
        let rows = serviceLevels.map { level in
            [
                level.kind, level.name, level.specialty, "\(level.claimSeconds) s", "\(level.reportSeconds) s",
                "\(level.graceSeconds) s",
            ]
        }
        return SectionContents(
            Self.name, figures: ["serviceLevels": rows.count],
            lines: ["\(Self.name): \(rows.count) service levels"],
            tables: rows.isEmpty ? [] : [SectionContents.Table(titles, rows: rows)])
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
    /// What is agreed about each kind of request.
    package var serviceLevels: [ServiceLevel] {
        get { section(ConsultationSection.self).serviceLevels }
        set { set(ConsultationSection(serviceLevels: newValue)) }
    }

    package func serviceLevel(_ kind: String) -> ServiceLevel? { serviceLevels.first { $0.kind == kind } }
}

extension ConsultationSection: PractitionerSource {
    /// An expert of a roster may, where they work.
    package func enters(_ asking: Asking, at node: NodeID, in configuration: RegionConfiguration) -> Bool {
        asking.purpose == .consultation && configuration.expert(asking.practitioner)?.node == node
    }
}
