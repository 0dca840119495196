import Effects
import Inventory
import InventoryKit
import Regions
import ServiceKit

/// A dispatcher, a city, two counties and their townships, with beds at a county and at the city: the region of these tests.
struct SampleRegion {
    static let holdSeconds: UInt32 = 600
    static let wishSeconds: UInt32 = 3_600

    var nodes: [(id: String, tier: Tier, parent: String?)]
    /// Who stands in the register of the unit of each node; where nobody does, the region keeps none.
    var practitioners: [String]

    init(townships: Int = 0, practitioners: [String] = []) {
        self.practitioners = practitioners
        nodes = [
            ("root", .dispatcher, nil), ("city", .city, "root"), ("east", .county, "city"), ("west", .county, "city"),
            ("hill", .township, "east"), ("lake", .township, "east"), ("moor", .township, "west"),
        ]
        if townships > 0 { nodes += (1...townships).map { ("t\($0)", .township, $0 % 2 == 0 ? "east" : "west") } }
    }

    func configuration(from time: WallTime) throws -> RegionConfiguration {
        let division = try DivisionCode("140300")
        var configuration = RegionConfiguration(
            region: try RegionID("sample"), name: "示例", version: 1, validFrom: time)
        for node in nodes {
            let (id, unit) = (try NodeID(node.id), try OrgUnitID(node.id))
            configuration.organizationUnits.append(
                OrganizationUnit(
                    id: unit, name: node.id, division: division, tier: node.tier, kind: .authority, node: id))
            configuration.nodes.append(
                RegionNode(id: id, name: node.id, tier: node.tier, organizationUnit: unit, division: division))
            guard let parent = node.parent else { continue }
            configuration.management.append(
                ManagementEdge(child: id, parent: try NodeID(parent), from: WallTime(milliseconds: 0)))
        }
        configuration.inventories = try [
            ("east-beds", "east", InventoryKind.bed, false), ("city-slots", "city", .slot, false),
            ("east-numbers", "east", .number, true),
        ].map { id, node, kind, isAlone in
            OfferedInventory(
                kind: kind,
                terms: InventoryTerms(
                    id: id, name: id, unit: try OrgUnitID(node), owner: try NodeID(node),
                    holdSeconds: Self.holdSeconds, wishSeconds: Self.wishSeconds, isAlone: isAlone))
        }
        if !practitioners.isEmpty {
            configuration.access.registers = try nodes.map {
                PractitionerRegister(unit: try OrgUnitID($0.id), practitioners: Set(practitioners))
            }
        }
        return configuration
    }
}
