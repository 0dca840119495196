package import Ledgers
import Regions

/// What thieves have written under stolen keys, so that checkers can tell it from what the nodes wrote themselves.
///
/// A seal does not tell them apart; only the simulation knows.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
package final class Thefts: @unchecked Sendable {
    private struct Incarnation: Hashable {
        var author: NodeID
        var number: UInt64
    }

    private var incarnations: Set<Incarnation> = []
    /// Entries that were taken in by somebody.
    private(set) var entriesTaken = 0

    func begin(_ key: StolenKey) {
        incarnations.insert(Incarnation(author: key.node, number: key.incarnation))
    }

    func took(_ count: Int) { entriesTaken += count }

    package func wrote(_ entry: EntryID) -> Bool {
        incarnations.contains(Incarnation(author: entry.author, number: entry.batch.chain.incarnation))
    }

    /// - Parameter entry: printed, as it stands in a table.
    package func wrote(_ entry: String) -> Bool { (try? EntryID(entry)).map(wrote) ?? false }
}
