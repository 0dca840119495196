package import Effects
package import Ledgers
package import Regions

/// What became of a period that was to be closed.
package enum ClosingOutcome: Sendable, Equatable {
    /// A new edition: the publication (version 1) or an amendment.
    case closed(entry: EntryID, version: Int)
    /// The newest edition still tells what is known.
    case unchanged(entry: EntryID, version: Int)
    /// It is not time yet; `missing` have not submitted.
    case waiting(until: WallTime, missing: [NodeID])
}
