/// Something that does not go on by itself, or waits for something that is not here: what, why, and the way out.
package struct StuckInfo: Codable, Sendable, Equatable {
    /// What keeps it.
    package enum State: String, Codable, Sendable, CaseIterable {
        /// A neighbour refused a batch; the chain stands still behind it.
        case refused
        /// An author's chain is stopped here: two batches carry one identity, or a header does not follow.
        case stopped
        /// The node could not fold the entry.
        case setAside
        /// Its author may not write it: it lies here, and nothing is derived from it.
        case quarantined
        /// Another node could not fold an entry of this one.
        case setAsideElsewhere
        /// Another node holds that this one may not write an entry.
        case quarantinedElsewhere
        /// The entry waits for another that it names as its cause.
        case held
        /// A hospital's system refused a message for good, or it waited too long; it lies beside the queue.
        case messageRefused
        /// A hospital's system failed over a message too often; its patient's later messages wait behind it.
        case messageHeld

        /// Whether somebody has to do something; what is held goes on when its cause comes.
        package var needsSomebody: Bool { self != .held }
    }

    package var state: State
    /// A batch, a chain, an entry, or a message to a hospital's system.
    package var item: String
    /// The neighbour or the hospital's system that refused, or the node that set aside; empty for this one.
    package var node: String
    package var since: String
    /// A failure's code, where there is one.
    package var code: String
    package var reason: String
    package var wayOut: String
}

/// Everything that is stuck at a node.
package struct StuckListing: Codable, Sendable, Equatable {
    package var items: [StuckInfo]
    /// There are more of some state than are shown.
    package var isTruncated: Bool

    package init(items: [StuckInfo], isTruncated: Bool) {
        self.items = items
        self.isTruncated = isTruncated
    }
}
