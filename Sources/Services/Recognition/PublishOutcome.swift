package import Ledgers

/// What became of a report that an edge handed in.
///
/// Everything but a throw is on this node's disk.
package struct PublishOutcome: Sendable, Equatable {
    package enum Event: Sendable, Equatable {
        /// A first version, or a new version of a known result.
        case published
        /// The same content is here already.
        case duplicate
    }

    package var event: Event
    package var entry: EntryID
    package var reportKey: String
    package var version: Int
    /// Whether the result is void now.
    package var isVoid: Bool
    /// What the sender should know; without patient data.
    package var notices: [PublishNotice]

    package init(
        _ event: Event, entry: EntryID, reportKey: String, version: Int, isVoid: Bool = false,
        notices: [PublishNotice] = []
    ) {
        self.event = event
        self.entry = entry
        self.reportKey = reportKey
        self.version = version
        self.isVoid = isVoid
        self.notices = notices
    }

    package var word: String {
        switch event {
        case .published: isVoid ? "voided" : version > 1 ? "newVersion" : "accepted"
        case .duplicate: "duplicate"
        }
    }
}
