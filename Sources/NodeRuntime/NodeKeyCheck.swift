import Effects
package import Regions
package import Trust

/// Whether the keys in a node's folder are the ones that the region configuration binds to it.
///
/// Asked at the start, by `config check --files`, and where SIGHUP brings other keys. A ledger key that has ended, or begins
/// later, is the node's own all the same: the node says so and seals nothing.
package struct NodeKeyCheck: Sendable {
    let node: NodeID
    let configuration: RegionConfiguration
    /// What stands before the names of the key files, such as `/var/lib/yilian/shi/`.
    let folder: String

    package init(node: NodeID, configuration: RegionConfiguration, folder: String = "") {
        self.node = node
        self.configuration = configuration
        self.folder = folder
    }

    /// - Throws: `node.otherKey` where one of them is another node's, or the region knows none of them; it says whose.
    package func ledger(first: SigningKey, others: [SigningKey]) throws {
        try nobodyElses(first: first, others: others)
        guard ([first] + others).contains(where: { owner(of: $0.id) == node }) else {
            throw otherKey(
                "ledger.key", "nobody knows this one, \(first.id)",
                remedy: "restore the right ledger.key, or publish a configuration made after `yilian cert issue`")
        }
    }

    /// A key that the region does not know yet may be the next one: that of another node never is.
    ///
    /// - Throws: `node.otherKey`; it says whose.
    package func nobodyElses(first: SigningKey, others: [SigningKey]) throws {
        let files = [(name: "ledger.key", key: first)] + others.map { (name: "ledger-\($0.id.hex).key", key: $0) }
        for (name, key) in files {
            guard let owner = owner(of: key.id), owner != node else { continue }
            throw otherKey(name, "this one is of '\(owner)'", remedy: "take it away, and restore this node's own")
        }
    }

    /// - Throws: `node.otherBoxKey`; it says whose the key is, where that is known.
    package func box(_ key: BoxKey) throws {
        guard let known = configuration.node(node)?.boxPublicKey, !known.isEmpty, known != key.publicKey.bytes else {
            return
        }
        let owner = configuration.nodes.first { $0.boxPublicKey == key.publicKey.bytes }?.id
        let whose = owner.map { "this one is of '\($0)'" } ?? "nobody knows this one, \(key.id)"
        throw Failure(
            "node.otherBoxKey", "the region configuration binds another box key to '\(node)': \(whose)",
            place: folder + "box.key",
            remedy: "restore the right box.key: without it the node can make no patient keys")
    }

    private func owner(of id: KeyID) -> NodeID? {
        configuration.nodes.first { $0.ledgerKeys.contains { $0.keyID == id.bytes } }?.id
    }

    private func otherKey(_ name: String, _ whose: String, remedy: String) -> Failure {
        Failure(
            "node.otherKey", "the region configuration binds another ledger key to '\(node)': \(whose)",
            place: folder + name, remedy: remedy)
    }
}
