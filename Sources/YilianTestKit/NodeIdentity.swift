package import Effects
package import Regions
package import Trust

/// A node's keys and certificate, as an operator would have issued them.
package struct NodeIdentity: Sendable {
    package let node: NodeID
    package let signingKey: SigningKey
    package let boxKey: BoxKey
    package let certificate: IssuedCertificate

    package init(_ node: NodeID, authority: RegionAuthority, suite: Suite, world: World) throws {
        self.node = node
        signingKey = try suite.makeSigningKey(random: world.random)
        boxKey = try suite.makeBoxKey(random: world.random)
        certificate = try authority.issue(node: node.rawValue, world: world)
    }
}
