import Effects

extension RegionFileReader {
    /// Which unit delivers to which node from when to when, who may write for whom, and who keeps the register.
    mutating func readDeliveries(into configuration: inout RegionConfiguration) {
        configuration.deliveries = readLines("deliveries", what: "a delivery")
        configuration.delegations = readLines("delegations", what: "a delegation")
        configuration.registries = readLines("registries", what: "a registry")
        if root.optional("corrects", YAMLValue.flag) ?? false { configuration.corrected = configuration.version }
    }

    private mutating func readLines(_ list: String, what: String) -> [UnitDelivery] {
        var lines: [UnitDelivery] = []
        for item in root.mappings(list, required: false, what: what, keys: ["unit", "node", "from", "to"]) {
            let unit = item.required("unit") { try OrgUnitID($0) }
            let node = item.required("node") { try NodeID($0) }
            let from = item.optional("from") { try WallTime(recorded: $0) }
            let to = item.optional("to") { try WallTime(recorded: $0) }
            guard let unit, let node, from != nil || !item.has("from"), to != nil || !item.has("to") else {
                excused.insert(unit?.rawValue ?? "?")
                continue
            }
            places["\(list).\(lines.count)"] = item
            lines.append(UnitDelivery(unit: unit, node: node, from: from, to: to))
        }
        return lines
    }
}
