import Effects
import Ledgers
import Logging
import Regions
import ServiceKit
import Storage
import Wire

/// Does what is due about open requests: as their home, as the dispatcher, as the city that lets another county in.
///
/// Nothing is kept in memory that matters: each round finds what is due in the tables, so a restart forgets nothing.
struct ConsultationWatch: Sendable {
    let context: NodeContext

    private static let pageCount = 200
    /// How often the clock is looked at: it may have been set.
    private static let clockMilliseconds: Int64 = 10_000
    /// The longest pause between two rounds, whatever has changed.
    private static let roundMilliseconds: Int64 = 60_000
    /// How soon a request that could not be attended to is tried again.
    private static let retryMilliseconds: Int64 = 2_000

    /// What decisions rest on, besides time: a round is for nothing where none of it has changed and nothing is due.
    private struct Basis: Equatable {
        var openRequests: [Int64]
        var configuration: UInt64
    }

    /// Works until the task is cancelled.
    func run() async throws {
        guard context.tier != .township else { try await context.world.time.sleepForever() }
        var basis: Basis?
        var due: WallTime?
        var latest = context.world.time.monotonicTime
        while true {
            let rung = context.ledger.bell.count
            do {
                let now = Basis(
                    openRequests: try await context.ledger.read { try ConsultationTable.openSignature(in: $0) },
                    configuration: context.region.version)
                let isDue = due.map { $0 <= context.now } ?? false
                if now != basis || isDue || latest <= context.world.time.monotonicTime {
                    basis = now
                    due = try await round()
                    latest = context.world.time.monotonicTime.advanced(byMilliseconds: Self.roundMilliseconds)
                }
            } catch let failure as Failure where !failure.stopsTheNode {
                context.logger.error(
                    "requests could not be attended to", metadata: ["code": "\(failure.code)", "reason": "\(failure)"])
                due = context.now.advanced(byMilliseconds: Self.retryMilliseconds)
            }
            let left = due.map { max(1, $0.milliseconds(since: context.now)) } ?? Self.clockMilliseconds
            await context.ledger.bell.wait(
                since: rung, orMilliseconds: min(left, Self.clockMilliseconds), time: context.world.time)
            try Task.checkCancellation()
        }
    }

    /// Looks at every open request once and does what is due.
    ///
    /// - Returns: when something will be due next.
    @discardableResult
    func round() async throws -> WallTime? {
        var due: WallTime?
        var last = ""
        while true {
            let after = last
            let (ids, page) = try await context.ledger.read { sql in
                let ids = try ConsultationTable.open(after: after, limit: Self.pageCount, in: sql)
                return (ids, try ids.compactMap { try ConsultationTable.record($0, in: sql) })
            }
            for record in page {
                do {
                    due = [due, try await attend(to: record)].compactMap { $0 }.min()
                } catch let failure as Failure where !failure.code.rawValue.hasPrefix("storage.") {
                    context.logger.error(
                        "a request could not be attended to",
                        metadata: ["request": "\(record.id)", "code": "\(failure.code)", "reason": "\(failure)"])
                    let again = context.now.advanced(byMilliseconds: Self.retryMilliseconds)
                    due = due.map { min($0, again) } ?? again
                }
            }
            guard let end = ids.last, ids.count == Self.pageCount else { return due }
            last = end.description
        }
    }

    private func attend(to record: ConsultationRecord) async throws -> WallTime? {
        switch context.tier {
        case .township:
            return nil
        case .county:
            return try await attendAsHome(record)
        case .city:
            try await ConsultationSharing(context: context).attend(to: record)
            return try await attendAsHome(record)
        case .dispatcher:
            return try await attendAsDispatcher(record)
        }
    }

    private func attendAsHome(_ record: ConsultationRecord) async throws -> WallTime? {
        let rule = HomeRule(node: context.node, tree: context.tree, configuration: context.region.current)
        if case .wait(let until) = rule.decision(for: record, at: context.now) { return until }
        let id = record.id
        let (due, done) = try await context.ledger.write(lane: .clinical) { transaction in
            try HomeRun(rule: rule, transaction: transaction).attend(to: id)
        }
        for line in done {
            context.logger.notice("consultation", metadata: ["request": "\(id)", "event": "\(line)"])
        }
        return due
    }

    private func attendAsDispatcher(_ record: ConsultationRecord) async throws -> WallTime? {
        let rule = DispatcherRule(tree: context.tree, configuration: context.region.current)
        switch rule.decision(for: record, at: context.now) {
        case .wait(let until): return until
        case .unserved: return nil
        case .open: break
        }
        let id = record.id
        let opened = try await context.ledger.write(lane: .clinical) { transaction -> (Int, NodeID)? in
            guard let record = try ConsultationTable.record(id, in: transaction.sql),
                case .open(let attempt, let home) = rule.decision(for: record, at: transaction.now)
            else { return nil }
            try ConsultationWriter(transaction: transaction, configuration: rule.configuration)
                .open(attempt, home: home, of: record)
            return (attempt, home)
        }
        if let opened {
            context.logger.notice(
                "another attempt is opened",
                metadata: ["request": "\(id)", "attempt": "\(opened.0)", "home": "\(opened.1)"])
        }
        return nil
    }
}
