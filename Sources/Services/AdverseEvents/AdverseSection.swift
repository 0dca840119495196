import Effects
package import Regions
package import ServiceKit
import SwiftProtobuf
import WorkflowKit

/// What is agreed about adverse events of one grade: by when they are looked at, analysed, and told to the authority.
package struct AdverseLevel: Hashable, Sendable {
    /// Such as `level-1`.
    package var grade: String
    package var name: String
    /// From the report until a controller has looked at it, in working hours.
    package var acceptSeconds: UInt32
    /// From there until it is known why it happened, in working hours.
    package var analysisSeconds: UInt32
    /// From the report until the authority must be told; none where the law does not want it.
    package var lawSeconds: UInt32?

    package init(
        grade: String, name: String, acceptSeconds: UInt32, analysisSeconds: UInt32, lawSeconds: UInt32? = nil
    ) {
        self.grade = grade
        self.name = name
        self.acceptSeconds = acceptSeconds
        self.analysisSeconds = analysisSeconds
        self.lawSeconds = lawSeconds
    }

    static func seconds(_ number: UInt32) throws -> UInt32 {
        UInt32(try PeerNumber.count(number, atMost: Limits.termSeconds, "a deadline of an adverse event"))
    }
}

/// The quality controllers of a unit who sit at one node: the unit's own, or one above it.
package struct AdverseControllers: Hashable, Sendable {
    package var unit: OrgUnitID
    package var node: NodeID
    package var practitioners: Set<String>

    package init(unit: OrgUnitID, node: NodeID, practitioners: Set<String>) {
        self.unit = unit
        self.node = node
        self.practitioners = practitioners
    }
}

/// What the region agrees on about adverse events.
package struct AdverseSection: RegionSection {
    package static let name = "adverse"
    package static let keys = ["adverseLevels", "adverseControllers"]
    package static let unwritten = AdverseSection()

    package var levels: [AdverseLevel]
    package var controllers: [AdverseControllers]

    package init(levels: [AdverseLevel] = [], controllers: [AdverseControllers] = []) {
        self.levels = levels
        self.controllers = controllers
    }

    package func check(in checker: inout RegionChecker) {
        checker.checkUnique(levels.map(\.grade), list: "adverseLevels", key: "grade", what: "the grade")
        let configuration = checker.configuration
        let tree = ManagementTree(configuration, at: configuration.validFrom)
        for (index, line) in controllers.enumerated() {
            let item = "adverseControllers.\(index)"
            checker.checkReference(line.node, item: item, key: "node")
            guard let unit = configuration.organizationUnit(line.unit) else {
                if checker.excused.contains(line.unit.rawValue) { continue }
                checker.find(
                    "region.unknownReference", item, key: "unit", "there is no unit '\(line.unit)' in this region",
                    remedy: checker.nearest(
                        to: line.unit.rawValue, among: configuration.organizationUnits.map(\.id.rawValue),
                        else: "correct the name, or add the unit under 'units'"))
                continue
            }
            guard let node = configuration.node(line.node), checker.excused.isEmpty else { continue }
            let isAbove = line.node == unit.node || tree.isAncestor(line.node, of: unit.node)
            if node.tier == .dispatcher || !isAbove {
                checker.find(
                    "region.badController", item, key: "node",
                    "'\(line.node)' is neither the unit's node nor one of those above it up to the city",
                    remedy: "name the node of the unit, or of the group that it belongs to")
            }
        }
    }

    package func compare(with old: Self, in difference: inout RegionDifference) {
        difference.compare(old.levels.map(Self.item), levels.map(Self.item))
        difference.compare(Self.items(old.controllers), Self.items(controllers))
    }

    package var contents: SectionContents? {
        let rows = levels.map { level in
            [
                level.grade, level.name, "\(level.acceptSeconds) s", "\(level.analysisSeconds) s",
                level.lawSeconds.map { "\($0) s" } ?? "-",
            ]
        }
        let count = Set(controllers.flatMap(\.practitioners)).count
        return SectionContents(
            Self.name, figures: ["adverseLevels": rows.count, "adverseControllers": count],
            lines: ["\(Self.name): \(rows.count) grades of adverse events, \(count) quality controllers"],
            tables: rows.isEmpty
                ? [] : [SectionContents.Table(["GRADE", "NAME", ">ACCEPT", ">ANALYSIS", ">LAW"], rows: rows)])
    }

    private static func item(_ level: AdverseLevel) -> RegionDifference.Item {
        RegionDifference.Item(
            "grade \(level.grade) of adverse events",
            [
                ("name", level.name), ("accept", "\(level.acceptSeconds) s"),
                ("analysis", "\(level.analysisSeconds) s"),
                ("law", level.lawSeconds.map { "\($0) s" } ?? "nobody is told"),
            ])
    }

    private static func items(_ controllers: [AdverseControllers]) -> [RegionDifference.Item] {
        controllers.map { line in
            RegionDifference.Item(
                "quality controllers of \(line.unit) at \(line.node)",
                [("ids", line.practitioners.sorted().joined(separator: " "))])
        }
    }
}

extension RegionConfiguration {
    package var adverseLevels: [AdverseLevel] {
        get { section(AdverseSection.self).levels }
        set { set(AdverseSection(levels: newValue, controllers: adverseControllers)) }
    }

    package var adverseControllers: [AdverseControllers] {
        get { section(AdverseSection.self).controllers }
        set { set(AdverseSection(levels: adverseLevels, controllers: newValue)) }
    }

    package func adverseLevel(_ grade: String) -> AdverseLevel? { adverseLevels.first { $0.grade == grade } }
}

extension AdverseSection: PractitionerSource {
    /// A quality controller may read adverse events, at the node that the region names.
    package func enters(_ asking: Asking, at node: NodeID, in configuration: RegionConfiguration) -> Bool {
        asking.purpose == .adverseReview
            && controllers.contains { $0.node == node && $0.practitioners.contains(asking.practitioner) }
    }
}

extension AccessStatement.Purpose {
    /// A quality controller looks at an adverse event.
    package static let adverseReview = AccessStatement.Purpose(rawValue: "adverseReview")
}
