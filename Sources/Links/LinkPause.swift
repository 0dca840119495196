package import Effects

/// Who keeps a link down, since when and why.
///
/// While a link is paused this node neither dials the neighbour nor lets it in; batches wait, and calls are answered as
/// where there is no link.
package struct LinkPause: Hashable, Sendable {
    /// The account; `node` for whoever works on the node's machine.
    package var actor: String
    package var since: WallTime
    package var reason: String

    package init(actor: String, since: WallTime, reason: String) {
        self.actor = actor
        self.since = since
        self.reason = reason
    }

    /// In words, for whoever asks why the link is not up.
    package var text: String { "paused by '\(actor)' since \(since.chinaText): \(reason)" }

    /// What a neighbour is told.
    static let ending = LinkEnding(.paused, "an operator has paused this link")
}
