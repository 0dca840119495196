import Effects
import Storage
import Synchronization

/// Tells rule time: the author's time, not before what the same chain has sealed, and not after receipt.
///
/// So a refold judges history as it was judged then, and whoever steals a key today cannot write for yesterday.
final class RuleClock: Sendable {
    /// What had been sealed before a batch; the entries of one batch ask one after the other.
    private let known = Mutex<(batch: BatchIdentity, sealed: WallTime?)?>(nil)

    /// How far an honest author's clock may be ahead of the receiver's: three days, because a receiver whose own clock was
    /// put back must not quarantine what everybody else takes, and nodes shall judge alike.
    private static let toleranceMilliseconds: Int64 = 3 * 86_400_000

    func time(of entry: Entry, in sql: any SQLTransaction) throws -> WallTime {
        let sealed = try sealed(before: entry.id.batch, in: sql)
        return min(
            max(entry.authorTime, sealed ?? entry.authorTime),
            entry.receivedTime.advanced(byMilliseconds: Self.toleranceMilliseconds))
    }

    private func sealed(before batch: BatchIdentity, in sql: any SQLTransaction) throws -> WallTime? {
        if let known = known.withLock({ $0 }), known.batch == batch { return known.sealed }
        let sealed = try BatchTable.sealed(before: batch, in: sql)
        known.withLock { $0 = (batch, sealed) }
        return sealed
    }
}
