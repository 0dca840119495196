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
