import Effects
import Regions
import Storage
import Synchronization

/// Which region configurations were in force when, as far as the ledger brought them.
///
/// What is agreed in lists without dates of their own (rosters, service levels) is judged by the configuration of the
/// time. A node hears of a new one when its link is up, so what a former one said goes on for a week: whoever was taken off
/// a roster writes nothing more after that.
final class ConfigurationHistory: Sendable {
    private struct Held {
        var configuration: RegionConfiguration
        /// From when it was in force.
        var from: WallTime
        /// From when a later one was; none for the newest.
        var to: WallTime?
    }

    private static let configurationsAtMost = 64
    /// How long an honest node may go on by a configuration that was replaced.
    private static let lagMilliseconds: Int64 = 7 * 86_400_000

    /// Read once for as many configurations as the ledger holds.
    private let known = Mutex<(count: Int64, held: [Held])?>(nil)

    /// The configurations by which an honest author may have gone at a time; the oldest that is known where none was in
    /// force yet.
    func configurations(
        at time: WallTime, region: any RegionView, in sql: any SQLTransaction
    ) throws -> [RegionConfiguration] {
        let held = try held(region: region, in: sql)
        let found = held.filter { item in
            item.from <= time && item.to.map { time < $0.advanced(byMilliseconds: Self.lagMilliseconds) } ?? true
        }
        return (found.isEmpty ? Array(held.prefix(1)) : found).map(\.configuration)
    }

    /// The oldest first.
    private func held(region: any RegionView, in sql: any SQLTransaction) throws -> [Held] {
        let count = try sql.row("SELECT COUNT(*) FROM region_configuration", [])?.integer(0) ?? 0
        if let known = known.withLock({ $0 }), known.count == count { return known.held }
        var configurations = try RegionProjection.newest(limit: Self.configurationsAtMost, in: sql)
            .compactMap { try? region.configuration(signedAs: $0) }
        configurations.append(region.current)
        var held: [Held] = []
        for configuration in configurations.sorted(by: { $0.version < $1.version })
        where held.last?.configuration.version != configuration.version {
            let from = max(configuration.validFrom, configuration.publishedAt)
            if let last = held.indices.last { held[last].to = from }
            held.append(Held(configuration: configuration, from: from))
        }
        known.withLock { [held] in $0 = (count, held) }
        return held
    }
}

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
