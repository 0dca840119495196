import Effects

extension RegionChecker {
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
