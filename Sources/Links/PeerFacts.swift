package import Regions
package import Wire

/// What a handshake established about the peer.
package struct PeerFacts: Hashable, Sendable {
    package var identity: PeerIdentity
    package var neighbour: Neighbour
    package var protocolVersion: UInt32
    /// The peer's civil clock minus ours, half the round trip taken into account.
    package var clockDifferenceMilliseconds: Int64
    package var methodNumbers: Set<UInt16>
    /// What the peer reads and, where it is the parent, everybody above it; the common tongue included.
    package var codecs: [Codec]
    package var configurationVersion: UInt64
    package var release: String

    package var node: NodeID { identity.node }
}

/// Who the other end of a connection is, as its certificate says it.
package struct PeerIdentity: Hashable, Sendable {
    package var region: RegionID
    package var node: NodeID
    package var certificateSerial: String

    package init(region: RegionID, node: NodeID, certificateSerial: String) {
        self.region = region
        self.node = node
        self.certificateSerial = certificateSerial
    }
}

/// What another node is to this one.
package struct Neighbour: Hashable, Sendable {
    /// What the other node is to this one when it calls: its parent or its child.
    package var relation: Relation
    package var tier: Tier

    package init(relation: Relation, tier: Tier) {
        self.relation = relation
        self.tier = tier
    }
}
