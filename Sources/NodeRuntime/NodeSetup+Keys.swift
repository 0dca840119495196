import Effects
import Ledgers
import Regions

extension NodeSetup {
    /// Whether the node's keys are the ones that the region configuration binds to it.
    ///
    /// A ledger key that has ended, or begins later, keeps nobody from starting: the node says so and seals nothing.
    ///
    /// - Throws: `node.otherKey`, `node.otherBoxKey`; each says whose the key is, where that is known.
    func checkKeys(at now: WallTime) throws {
        let configuration = region.current
        if keyring.standing(at: now) == .unbound {
            let id = firstKey.id.bytes
            let owner = configuration.nodes.first { node in node.ledgerKeys.contains { $0.keyID == id } }?.id
            throw Failure(
                "node.otherKey",
                "the region configuration binds another ledger key to '\(node)': \(Self.whose(owner, firstKey.id.hex))",
                place: "ledger.key",
                remedy: "restore the right ledger.key, or publish a configuration made after `yilian cert issue`")
        }
        guard let known = configuration.node(node)?.boxPublicKey, known != boxKey.publicKey.bytes else { return }
        let owner = configuration.nodes.first { $0.boxPublicKey == boxKey.publicKey.bytes }?.id
        throw Failure(
            "node.otherBoxKey",
            "the region configuration binds another box key to '\(node)': \(Self.whose(owner, boxKey.id.hex))",
            place: "box.key",
            remedy: "restore the right box.key: without it the node can make no patient keys")
    }

    private static func whose(_ owner: NodeID?, _ id: String) -> String {
        owner.map { "this one is of '\($0)'" } ?? "nobody knows this one, \(id)"
    }
}
