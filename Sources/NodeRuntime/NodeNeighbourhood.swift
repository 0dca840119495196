import Effects
import Ledgers
import Links
import Regions
import Wire

/// A node's place in the region, as links see it: always what the configuration in force says.
struct NodeNeighbourhood: Sendable {
    let node: NodeID
    let region: RegionRegistry
    let world: World
    let parentAddresses: [LinkAddress]
    let pauses: LinkPauseBook

    func policy(tier: Tier, methodNumbers: [UInt16], codecs: CodecChoice, release: String) -> LinkPolicy {
        var policy = LinkPolicy(
            region: region.current.region, node: node, tier: tier, release: release, methodNumbers: methodNumbers,
            codecs: codecs.readAllTheWay, configurationVersion: { region.newestVersion }, parent: { parent() },
            neighbour: { neighbour($0) }, neighbours: { neighbours() }, isRevoked: { isRevoked($0) })
        policy.pause = { [pauses] in pauses.pause(of: $0) }
        return policy
    }

    private var tree: ManagementTree { region.tree(at: world.time.wallTime) }

    private func parent() -> LinkPolicy.Parent? {
        guard let parent = tree.parent(of: node) else { return nil }
        let configured = region.current.node(parent)?.addresses ?? []
        let addresses = parentAddresses + configured.map { LinkAddress(host: $0.host, port: Int($0.port)) }
        return LinkPolicy.Parent(node: parent, addresses: addresses)
    }

    private func neighbour(_ peer: NodeID) -> Neighbour? {
        let tree = tree
        guard let relation = tree.relation(of: peer, to: node), relation != .local, let tier = tree.tier(of: peer)
        else {
            return nil
        }
        return Neighbour(relation: relation, tier: tier)
    }

    private func neighbours() -> [NodeID] {
        let tree = tree
        return (tree.parent(of: node).map { [$0] } ?? []) + tree.children(of: node)
    }

    /// Serial numbers are compared as numbers are written: lowercase hexadecimal without leading zeros.
    private func isRevoked(_ serial: String) -> Bool {
        let now = world.time.wallTime
        return region.revokedCertificates.contains { revoked in
            revoked.time <= now && Self.hex(revoked.serialNumber) == Self.trimmed(serial)
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        trimmed(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }

    private static func trimmed(_ serial: String) -> String {
        let digits = serial.lowercased().drop { $0 == "0" }
        return digits.isEmpty ? "0" : String(digits)
    }
}
