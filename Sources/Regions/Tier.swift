/// Where a node stands in the region's management tree.
package enum Tier: String, CaseIterable, Hashable, Sendable, CustomStringConvertible {
    /// 调度节点: the root; publishes the region configuration and watches deadlines.
    case dispatcher
    /// 市.
    case city
    /// 县（区）医疗集团.
    case county
    /// 乡镇卫生院.
    case township

    /// 0 for the dispatcher, growing downwards.
    package var rank: Int {
        switch self {
        case .dispatcher: 0
        case .city: 1
        case .county: 2
        case .township: 3
        }
    }

    /// The tier that manages this one; none for the dispatcher.
    package var above: Tier? {
        switch self {
        case .dispatcher: nil
        case .city: .dispatcher
        case .county: .city
        case .township: .county
        }
    }

    /// The tier's name as its operators say it.
    package var chineseName: String {
        switch self {
        case .dispatcher: "调度节点"
        case .city: "市"
        case .county: "县（区）医疗集团"
        case .township: "乡镇卫生院"
        }
    }

    package var description: String { rawValue }
}

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
