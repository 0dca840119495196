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

    /// Works until the task is cancelled.
    func run() async throws {
        guard context.tier != .township else { try await context.world.time.sleepForever() }
        // All requests are looked at where the region has changed, and now and then, because the clock may have been set.
        var configuration: UInt64?
        var latest = context.world.time.monotonicTime
        while true {
            let rung = context.ledger.bell.count
            var due: WallTime?
            let isDone: Void? = try await context.world.attempt(
                "requests could not be attended to", logger: context.logger
            ) {
                let version = context.region.version
                if version != configuration || latest <= context.world.time.monotonicTime {
                    try await round()
                    configuration = version
                    latest = context.world.time.monotonicTime.advanced(byMilliseconds: Self.roundMilliseconds)
                }
                due = try await attendToDue()
            }
            if isDone == nil { due = context.now.advanced(byMilliseconds: Self.retryMilliseconds) }
            let left = due.map { max(1, $0.milliseconds(since: context.now)) } ?? Self.clockMilliseconds
            await context.ledger.bell.wait(
                since: rung, orMilliseconds: min(left, Self.clockMilliseconds), time: context.world.time)
            try Task.checkCancellation()
        }
    }

    /// Looks at the requests to which something has happened, or of which something is due, and does it; at most a page.
    ///
    /// - Returns: when something will be due next.
    func attendToDue() async throws -> WallTime? {
        let now = context.now
        let page = try await context.ledger.read { sql in
            try ConsultationSchedule.due(at: now, limit: Self.pageCount, in: sql).map { item in
                (item, try ConsultationTable.record(item.id, in: sql))
            }
        }
        for (item, record) in page { try await attend(to: record, item) }
        return try await context.ledger.read { try ConsultationSchedule.next(in: $0) }
    }

    /// Looks at every open request once and does what is due.
    func round() async throws {
        var last = ""
        while true {
            let after = last
            let page = try await context.ledger.read { sql in
                try ConsultationTable.open(after: after, limit: Self.pageCount, in: sql).map { id in
                    (
                        id: id, record: try ConsultationTable.record(id, in: sql),
                        item: try ConsultationSchedule.item(id, in: sql)
                    )
                }
            }
            for (_, record, item) in page {
                if let item { try await attend(to: record, item) }
            }
            guard let end = page.last, page.count == Self.pageCount else { return }
            last = end.id.description
        }
    }

    /// Does what is due about one request and puts it where it belongs in the schedule.
    private func attend(to record: ConsultationRecord?, _ item: ConsultationSchedule.Item) async throws {
        var due: WallTime?
        if let record {
            let next = try await context.world.attempt(
                "a request could not be attended to", logger: context.logger, metadata: ["request": "\(item.id)"]
            ) { try await attend(to: record) }
            due = next ?? context.now.advanced(byMilliseconds: Self.retryMilliseconds)
        }
        guard !ConsultationSchedule.isPut(item, at: due) else { return }
        let put = due
        try await context.ledger.write(lane: .clinical) { transaction in
            try ConsultationSchedule.put(item, at: put, in: transaction.sql)
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
            let (due, done) = try HomeRun(rule: rule, transaction: transaction).attend(to: id)
            // What was done has put the request in front again; nothing else has happened to it.
            if let item = try ConsultationSchedule.item(id, in: transaction.sql) {
                try ConsultationSchedule.put(item, at: due, in: transaction.sql)
            }
            return (due, done)
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
