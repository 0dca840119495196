/// What the caller of a desk is to the node that it calls.
///
/// The raw values travel and stand in `Contract.txt`; they are never reused.
package enum Relation: UInt8, CaseIterable, Hashable, Sendable, CustomStringConvertible {
    /// The caller is this node itself: its own edges, its operator, its other desks.
    case local = 0
    /// The caller manages this node.
    case parent = 1
    /// The caller is managed by this node.
    case child = 2

    package var description: String {
        switch self {
        case .local: "local"
        case .parent: "parent"
        case .child: "child"
        }
    }
}
