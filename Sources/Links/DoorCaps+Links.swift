package import Doors
import Effects

extension Door.Caps {
    /// Those of a node's links: proven is whose handshake is done.
    package static let links = Door.Caps(
        proven: Limits.links, unproven: Limits.halfOpenLinks, unprovenPerAddress: Limits.halfOpenLinksPerAddress,
        perIdentity: Limits.linksPerIdentity, graceMilliseconds: Limits.halfOpenGraceMilliseconds)
}
