package import Ledgers

/// What became of a report that an edge handed in.
///
/// Everything but a throw is on this node's disk.
package enum PublishOutcome: Sendable, Equatable {
    /// A first version, or a new version of a known result.
    case published(entry: EntryID, reportKey: String, version: Int, isVoid: Bool)
    /// The same content is here already.
    case duplicate(entry: EntryID, reportKey: String, version: Int)

    package var entry: EntryID {
        switch self {
        case .published(let entry, _, _, _), .duplicate(let entry, _, _): entry
        }
    }

    package var reportKey: String {
        switch self {
        case .published(_, let key, _, _), .duplicate(_, let key, _): key
        }
    }

    package var word: String {
        switch self {
        case .published(_, _, let version, let isVoid): isVoid ? "voided" : version > 1 ? "newVersion" : "accepted"
        case .duplicate: "duplicate"
        }
    }
}
