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
    /// The longest pause between two rounds: the region configuration and the clock may have changed.
    private static let roundMilliseconds: Int64 = 2_000

    /// Works until the task is cancelled.
    func run() async throws {
        guard context.tier != .township else { try await context.world.time.sleepForever() }
        var seen: [Int64] = []
        var next = context.world.time.monotonicTime
        while true {
            let rung = context.ledger.bell.count
            let signature = try await context.ledger.read { try ConsultationTable.openSignature(in: $0) }
            if signature != seen || next <= context.world.time.monotonicTime {
                seen = signature
                let due = try await round()
                let pause = due.map { max(1, $0.milliseconds(since: context.now)) } ?? Self.roundMilliseconds
                next = context.world.time.monotonicTime.advanced(byMilliseconds: min(pause, Self.roundMilliseconds))
            }
            let left = max(1, next.milliseconds(since: context.world.time.monotonicTime))
            await context.ledger.bell.wait(since: rung, orMilliseconds: left, time: context.world.time)
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
            let page = try await context.ledger.read { sql in
                try ConsultationTable.open(after: after, limit: Self.pageCount, in: sql).compactMap {
                    try ConsultationTable.record($0, in: sql)
                }
            }
            for record in page {
                do {
                    due = [due, try await attend(to: record)].compactMap { $0 }.min()
                } catch let failure as Failure where !failure.code.rawValue.hasPrefix("storage.") {
                    context.logger.error(
                        "a request could not be attended to",
                        metadata: ["request": "\(record.id)", "code": "\(failure.code)", "reason": "\(failure)"])
                }
            }
            guard let end = page.last, page.count == Self.pageCount else { return due }
            last = end.id.description
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
