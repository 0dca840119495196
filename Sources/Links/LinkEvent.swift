package import Regions

/// What happened to the links of a node.
package enum LinkEvent: Sendable {
    case up(PeerFacts)
    case down(NodeID, LinkEnding)
    /// Somebody was refused, or an attempt of ours failed. The node is named where its certificate proved it.
    case refused(LinkEnding, address: String, node: NodeID?)
}

package typealias LinkEventHandler = @Sendable (LinkEvent) async -> Void
