import Consultation
import Effects
import Regions
import ServiceKit
import WorkflowKit

/// A dispatcher, a city, three counties, three townships: the region of these tests.
enum SampleRegion {
    static let nodes: [(id: String, tier: Tier, parent: String?)] = [
        ("root", .dispatcher, nil), ("city", .city, "root"), ("east", .county, "city"), ("north", .county, "city"),
        ("west", .county, "city"), ("hill", .township, "east"), ("lake", .township, "east"),
        ("moor", .township, "west"),
    ]

    /// Experts by the home of their roster, with the node where they work; all of them of the specialty `ecg`.
    struct Experts {
        var rosters: [(home: String, experts: [(id: String, node: String)])]
        /// The units in which experts work.
        var units: [String: String] = [:]
        /// Units besides the region's own, by the nodes to which they deliver.
        var houses: [String: String] = [:]
        /// The region's register: who works in which unit.
        var registers: [String: Set<String>] = [:]

        static let usual = Experts(rosters: [
            ("east", [("ecg-li", "east"), ("ecg-zhao", "lake")]), ("city", [("ecg-chen", "city")]),
            ("west", [("ecg-wang", "west"), ("ecg-song", "moor")]),
        ])
        /// Nobody at a node that can be a home.
        static let elsewhere = Experts(rosters: [("root", [("ecg-sun", "root")])])
        static let none = Experts(rosters: [])
    }

    static let claimSeconds: UInt32 = 180
    static let reportSeconds: UInt32 = 600
    static let graceSeconds: UInt32 = 60

    static func configuration(experts: Experts, from time: WallTime) throws -> RegionConfiguration {
        let division = try DivisionCode("140300")
        let unit = try OrgUnitID("unit")
        var configuration = RegionConfiguration(
            region: try RegionID("sample"), name: "示例", version: 1, validFrom: time)
        configuration.organizationUnits = [
            OrganizationUnit(
                id: unit, name: "示例机构", division: division, tier: .city, kind: .authority, node: try NodeID("city"))
        ]
        for (node, name) in experts.houses.sorted(by: { $0.key < $1.key }) {
            configuration.organizationUnits.append(
                OrganizationUnit(
                    id: try OrgUnitID(name), name: name, division: division, tier: .township, kind: .hospital,
                    node: try NodeID(node)))
        }
        configuration.access.registers = try experts.registers.sorted(by: { $0.key < $1.key }).map { unit, names in
            PractitionerRegister(unit: try OrgUnitID(unit), practitioners: names)
        }
        for node in nodes {
            let id = try NodeID(node.id)
            configuration.nodes.append(
                RegionNode(id: id, name: node.id, tier: node.tier, organizationUnit: unit, division: division))
            guard let parent = node.parent else { continue }
            configuration.management.append(
                ManagementEdge(child: id, parent: try NodeID(parent), from: WallTime(milliseconds: 0)))
        }
        configuration.rosters = try experts.rosters.map { roster in
            ExpertRoster(
                home: try NodeID(roster.home),
                experts: try roster.experts.map {
                    Expert(
                        id: $0.id, name: "专家\($0.id)", node: try NodeID($0.node), specialties: ["ecg"],
                        unit: try experts.units[$0.id].map { try OrgUnitID($0) })
                })
        }
        configuration.serviceLevels = [
            ServiceLevel(
                kind: "ecg-emergency", name: "急诊心电诊断", specialty: "ecg", claimSeconds: claimSeconds,
                reportSeconds: reportSeconds, graceSeconds: graceSeconds)
        ]
        return configuration
    }
}
