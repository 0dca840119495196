package import Doors
import Effects
package import Regions
package import Wire

/// What a node's links are decided by; the closures read the configuration of the moment.
package struct LinkPolicy: Sendable {
    /// The node above this one, and where it listens; several addresses are tried in turn.
    package struct Parent: Hashable, Sendable {
        package var node: NodeID
        package var addresses: [LinkAddress]

        package init(node: NodeID, addresses: [LinkAddress]) {
            self.node = node
            self.addresses = addresses
        }
    }

    package var region: RegionID
    package var node: NodeID
    package var tier: Tier
    /// The program's release, shown to the peer's operator.
    package var release: String
    /// The numbers of the methods that this node answers.
    package var methodNumbers: [UInt16]
    /// The codecs that this node, and everybody above it, reads; asked at each handshake.
    package var codecs: @Sendable () -> [Codec]
    package var configurationVersion: @Sendable () -> UInt64
    /// Whom this node dials; nil at the root.
    package var parent: @Sendable () -> Parent?
    /// What a node is to this one; nil where it is no neighbour, and then it gets no link.
    package var neighbour: @Sendable (NodeID) -> Neighbour?
    /// Everyone who should have a link, for the status.
    package var neighbours: @Sendable () -> [NodeID]
    /// Whether a certificate, by its serial number, or a node has been revoked.
    package var isRevoked: @Sendable (_ certificateSerial: String) -> Bool
    /// Whether an operator keeps the link to a node down.
    package var pause: @Sendable (NodeID) -> LinkPause? = { _ in nil }

    package init(
        region: RegionID, node: NodeID, tier: Tier, release: String, methodNumbers: [UInt16],
        codecs: @autoclosure @escaping @Sendable () -> [Codec],
        configurationVersion: @escaping @Sendable () -> UInt64,
        parent: @escaping @Sendable () -> Parent?,
        neighbour: @escaping @Sendable (NodeID) -> Neighbour?,
        neighbours: @escaping @Sendable () -> [NodeID],
        isRevoked: @escaping @Sendable (_ certificateSerial: String) -> Bool
    ) {
        self.region = region
        self.node = node
        self.tier = tier
        self.release = release
        self.methodNumbers = methodNumbers
        self.codecs = codecs
        self.configurationVersion = configurationVersion
        self.parent = parent
        self.neighbour = neighbour
        self.neighbours = neighbours
        self.isRevoked = isRevoked
    }
}

extension Door.Caps {
    /// Those of a node's links: proven is whose handshake is done.
    package static let links = Door.Caps(
        proven: Limits.links, unproven: Limits.halfOpenLinks, unprovenPerAddress: Limits.halfOpenLinksPerAddress,
        perIdentity: Limits.linksPerIdentity, graceMilliseconds: Limits.halfOpenGraceMilliseconds)
}
