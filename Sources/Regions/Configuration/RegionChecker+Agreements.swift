import Effects

extension RegionChecker {
    /// Rosters, service levels and indicators.
    mutating func checkAgreements() {
        checkUnique(configuration.rosters.map(\.home.rawValue), list: "rosters", key: "home", what: "a roster of node")
        var expertIDs: [String: String] = [:]
        for (index, roster) in configuration.rosters.enumerated() {
            checkReference(roster.home, item: "rosters.\(index)", key: "home")
            for (position, expert) in roster.experts.enumerated() {
                let item = "rosters.\(index).experts.\(position)"
                checkReference(expert.node, item: item, key: "node")
                if let other = expertIDs[expert.id] {
                    find(
                        "region.duplicateID", item, key: "id",
                        "expert id '\(expert.id)' stands twice, first in the roster of '\(other)'",
                        remedy: "give each expert an id of their own; one roster per expert")
                }
                expertIDs[expert.id] = roster.home.rawValue
            }
        }
        checkUnique(
            configuration.serviceLevels.map(\.kind), list: "serviceLevels", key: "kind", what: "the kind of request")
        let specialties = Set(configuration.rosters.flatMap(\.experts).flatMap(\.specialties))
        for (index, level) in configuration.serviceLevels.enumerated()
        where !specialties.contains(level.specialty) && excused.isEmpty {
            find(
                "region.noExpert", "serviceLevels.\(index)", key: "specialty",
                "no expert in any roster has the specialty '\(level.specialty)'",
                remedy: nearest(
                    to: level.specialty, among: specialties.sorted(),
                    else: "add the specialty to an expert, or take the kind of request out"))
        }
        checkUnique(configuration.indicators.map(\.id), list: "indicators", key: "id", what: "indicator")
        for (index, line) in configuration.access.registers.enumerated()
        where configuration.organizationUnit(line.unit) == nil && !excused.contains(line.unit.rawValue) {
            find(
                "region.unknownReference", "access.practitioners.\(index)", key: "unit",
                "there is no unit '\(line.unit)' in this region",
                remedy: nearest(
                    to: line.unit.rawValue, among: configuration.organizationUnits.map(\.id.rawValue),
                    else: "correct the name, or add the unit under 'units'"))
        }
    }

    /// Ledger keys, epochs and revocations, which the program records and no person writes.
    mutating func checkKeys() {
        var owners: [[UInt8]: NodeID] = [:]
        for (index, node) in configuration.nodes.enumerated() {
            for key in node.ledgerKeys {
                if let owner = owners[key.keyID] {
                    find(
                        "region.duplicateKey", "nodes.\(index)", key: "id",
                        "a ledger key of '\(node.id)' has the id of one of '\(owner)'",
                        remedy: "issue the node a key of its own with 'yilian cert issue'")
                }
                owners[key.keyID] = node.id
                if let to = key.to, to <= key.from {
                    find(
                        "region.badDates", "nodes.\(index)", key: "id",
                        "a ledger key of '\(node.id)' ends before it begins",
                        remedy: "issue the node a new key with 'yilian cert issue'")
                }
            }
        }
        checkUnique(
            configuration.patientKeyEpochs.map { "\($0.epoch)" }, list: "patientKeyEpochs", key: "epoch",
            what: "patient key epoch")
        for (index, epoch) in configuration.patientKeyEpochs.enumerated() {
            for node in epoch.encryptedSecrets.keys.sorted() {
                checkReference(node, item: "patientKeyEpochs.\(index)", key: "secrets")
            }
        }
    }
}
