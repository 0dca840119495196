import Effects
import InventoryKit
package import Regions

extension InventorySection {
    package init(_ file: inout RegionFileReader) {
        var inventories: [OfferedInventory] = []
        let keys = ["id", "name", "kind", "unit", "node", "holdSeconds", "wishSeconds", "alone"]
        let seconds: (String) throws -> UInt32 = YAMLValue.number(1...31_536_000, unit: "seconds")
        for item in file.root.mappings("inventories", required: false, what: "an inventory", keys: keys) {
            let id = item.required("id") { try NameForm.check($0, "an inventory's id") }
            let name = item.required("name", YAMLValue.text)
            let kind = item.required("kind", YAMLValue.choice(InventoryKind.allCases))
            let unit = item.required("unit") { try OrgUnitID($0) }
            let node = item.required("node") { try NodeID($0) }
            let hold = item.required("holdSeconds", seconds)
            let wish = item.required("wishSeconds", seconds)
            let isAlone = item.optional("alone", default: "false", YAMLValue.flag)
            guard let id, let name, let kind, let unit, let node, let hold, let wish, let isAlone else { continue }
            file.place("inventories.\(inventories.count)", at: item)
            inventories.append(
                OfferedInventory(
                    kind: kind,
                    terms: InventoryTerms(
                        id: id, name: name, unit: unit, owner: node, holdSeconds: hold, wishSeconds: wish,
                        isAlone: isAlone)))
        }
        self.init(inventories: inventories)
    }
}
