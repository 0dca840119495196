package import Regions

/// Where a desk is, a node and the desk's name there: the identity of Yilian's distributed actors.
package struct ActorAddress: Hashable, Sendable, CustomStringConvertible {
    package var node: NodeID
    package var desk: String

    package init(node: NodeID, desk: String) {
        self.node = node
        self.desk = desk
    }

    package var description: String { "\(node)/\(desk)" }
}
