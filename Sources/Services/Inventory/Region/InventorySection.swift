import Effects
import InventoryKit
package import Regions

/// What the region agrees on about beds, numbers and slots: whose they are, and how long something is held.
package struct InventorySection: RegionSection {
    package static let name = "inventory"
    package static let keys = ["inventories"]
    package static let unwritten = InventorySection()

    package var inventories: [OfferedInventory]

    package init(inventories: [OfferedInventory] = []) {
        self.inventories = inventories
    }

    package func check(in checker: inout RegionChecker) {
        checker.checkUnique(inventories.map(\.terms.id), list: "inventories", key: "id", what: "the inventory")
        let configuration = checker.configuration
        for (index, inventory) in inventories.enumerated() {
            let (item, terms) = ("inventories.\(index)", inventory.terms)
            checker.checkReference(terms.owner, item: item, key: "node")
            if configuration.organizationUnit(terms.unit) == nil, !checker.excused.contains(terms.unit.rawValue) {
                checker.find(
                    "region.unknownReference", item, key: "unit", "there is no unit '\(terms.unit)' in this region",
                    remedy: checker.nearest(
                        to: terms.unit.rawValue, among: configuration.organizationUnits.map(\.id.rawValue),
                        else: "correct the name, or add the unit under 'units'"))
            }
            guard configuration.node(terms.owner)?.tier == .dispatcher else { continue }
            checker.find(
                "region.noOwner", item, key: "node", "the dispatcher decides about nobody's units",
                remedy: "name the node beside the unit that offers them")
        }
    }

    package func compare(with old: Self, in difference: inout RegionDifference) {
        difference.compare(old.inventories.map(Self.item), inventories.map(Self.item))
    }

    package var contents: SectionContents? {
        let titles = ["INVENTORY", "KIND", "NAME", "UNIT", "NODE", ">HOLD", ">WISH", "ALONE"]
        let rows = inventories.map { inventory in
            let terms = inventory.terms
            return [
                terms.id, inventory.kind.rawValue, terms.name, terms.unit.rawValue, terms.owner.rawValue,
                "\(terms.holdSeconds) s", "\(terms.wishSeconds) s", terms.isAlone ? "yes" : "no",
            ]
        }
        return SectionContents(
            Self.name, figures: ["inventories": rows.count], lines: ["\(Self.name): \(rows.count) inventories"],
            tables: rows.isEmpty ? [] : [SectionContents.Table(titles, rows: rows)])
    }

    private static func item(_ inventory: OfferedInventory) -> RegionDifference.Item {
        let terms = inventory.terms
        return RegionDifference.Item(
            "inventory \(terms.id)",
            [
                ("kind", inventory.kind.rawValue), ("name", terms.name), ("unit", terms.unit.rawValue),
                ("node", terms.owner.rawValue), ("hold", "\(terms.holdSeconds) s"),
                ("wish", "\(terms.wishSeconds) s"), ("alone", terms.isAlone ? "yes" : "no"),
            ])
    }
}

extension RegionConfiguration {
    /// What hospitals let others of the region have.
    package var inventories: [OfferedInventory] {
        get { section(InventorySection.self).inventories }
        set { set(InventorySection(inventories: newValue)) }
    }

    package func inventory(_ id: String) -> OfferedInventory? { inventories.first { $0.terms.id == id } }
}
