package import Effects
import Ledgers
import Logging
import Regions
package import ServiceKit
import Storage
import Wire

/// Does what is due about the open cases of a workflow: as their home, as the dispatcher, as the city that lets others in.
///
/// Nothing is kept in memory that matters: each round finds what is due in the tables, so a restart forgets nothing. After
/// its start a home decides nothing until it knows what its disk may have lost (``HomeWitness``); what has fallen due
/// meanwhile is decided then.
package struct CaseWatch<W: Workflow>: Sendable {
    /// What a service does besides about an open case to which something has happened; when it wants to look again.
    package typealias Attendant = @Sendable (CaseRecord<W>) async throws -> WallTime?

    package let context: NodeContext
    private let attendant: Attendant?
    /// Whether a case was left alone because the node might not decide at that moment.
    private let hasLeftAlone = LeftAlone()

    package init(context: NodeContext, attendant: Attendant? = nil) {
        self.context = context
        self.attendant = attendant
    }

    private var witness: HomeWitness<W> { HomeWitness(witness: context.witness) }

    private var pageCount: Int { 200 }
    /// How soon a case that could not be attended to is tried again.
    private var retryMilliseconds: Int64 { WatchPace.retryMilliseconds }

    /// Works until the task is cancelled.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await watch() }
            group.addTask { try await CaseMemory<W>(context).run() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func watch() async throws {
        // No township is home of an attempt.
        guard context.tier != .township || W.table.attempts == nil else { try await context.world.time.sleepForever() }
        var pace = WatchPace(hasRounds: W.table.attempts != nil, now: context.world.time.monotonicTime)
        let changes = context.ledger.changes(of: [CaseSchedule<W>.part])
        while true {
            let seen = changes.count
            var due: WallTime?
            let isDone: Void? = try await context.world.attempt(
                "cases could not be attended to", logger: context.logger
            ) {
                let version = context.region.version
                let mayDecide = await witness.ask()
                if pace.isRoundDue(at: version, mayDecide: mayDecide, now: context.world.time.monotonicTime) {
                    try await round()
                    pace.hadRound(at: version, mayDecide: mayDecide, now: context.world.time.monotonicTime)
                }
                due = try await attendToDue()
            }
            if hasLeftAlone.take() { pace.hasLeftAlone() }
            let time = context.world.time
            let pause = pace.pauseMilliseconds(isDone: isDone != nil, now: time.monotonicTime)
            await changes.wait(since: seen, untilWallTime: due, orMilliseconds: pause, time: time)
            try Task.checkCancellation()
        }
    }

    /// Looks at the cases to which something has happened, or of which something is due, and does it; at most a page.
    ///
    /// - Returns: when something will be due next.
    package func attendToDue() async throws -> WallTime? {
        await witness.ask()
        let now = context.now
        let limit = pageCount
        let (page, next) = try await context.ledger.read { sql in
            let page = try CaseSchedule<W>.due(at: now, limit: limit, in: sql).map { item in
                (item, try CaseTable<W>.record(item.id, in: sql))
            }
            return (page, try CaseSchedule<W>.next(in: sql))
        }
        guard !page.isEmpty else { return next }
        for (item, record) in page { try await attend(to: record, item) }
        return try await context.ledger.read { try CaseSchedule<W>.next(in: $0) }
    }

    /// Looks at every open case once and does what is due.
    package func round() async throws {
        await witness.ask()
        var last = ""
        let limit = pageCount
        while true {
            let after = last
            let page = try await context.ledger.read { sql in
                try CaseTable<W>.open(after: after, limit: limit, in: sql).map { id in
                    (
                        id: id, record: try CaseTable<W>.record(id, in: sql),
                        item: try CaseSchedule<W>.item(id, in: sql)
                    )
                }
            }
            for (_, record, item) in page {
                if let item { try await attend(to: record, item) }
            }
            guard let end = page.last, page.count == limit else { return }
            last = end.id.description
        }
    }

    /// Does what is due about one case and puts it where it belongs in the schedule.
    private func attend(to record: CaseRecord<W>?, _ item: CaseSchedule<W>.Item) async throws {
        var due: WallTime?
        if let record {
            let next = try await context.world.attempt(
                "a case could not be attended to", logger: context.logger,
                metadata: ["case": "\(item.id)", "workflow": "\(W.table.name)"]
            ) { try await attend(to: record) }
            due = next ?? context.now.advanced(byMilliseconds: retryMilliseconds)
        }
        guard !CaseSchedule<W>.isPut(item, at: due) else { return }
        let put = due
        try await context.ledger.write(lane: .clinical) { transaction in
            try CaseSchedule<W>.put(item, at: put, in: transaction.sql)
        }
    }

    private func attend(to record: CaseRecord<W>) async throws -> WallTime? {
        let due = try await attendByTable(to: record)
        let child = try await CaseChildren<W>(context: context).attend(to: record)
        return [due, child, try await attendant?(record)].compactMap { $0 }.min()
    }

    private func attendByTable(to record: CaseRecord<W>) async throws -> WallTime? {
        switch context.tier {
        case .township, .county:
            return try await attendAsHome(record)
        case .city:
            try await CaseSharing<W>(context: context).attend(to: record)
            return try await attendAsHome(record)
        case .dispatcher:
            return try await attendAsDispatcher(record)
        }
    }

    private func attendAsHome(_ record: CaseRecord<W>) async throws -> WallTime? {
        let rule = HomeRule<W>(node: context.node, tree: context.tree, configuration: context.region.current)
        if case .wait(let until) = try rule.decision(for: record, at: context.now) { return until }
        // Once it may decide, every open case is looked at again.
        guard witness.mayDecide else {
            hasLeftAlone.note()
            return nil
        }
        let id = record.id
        let isAttendedByHomeAlone = attendant == nil && W.table.recurrences.isEmpty
        let (due, done) = try await context.ledger.write(lane: .clinical) { transaction in
            let (due, done) = try HomeRun(rule: rule, transaction: transaction).attend(to: id)
            // What was done has put the case in front again; nothing else has happened to it. Where more is done about it than
            // what its home does, it is looked at once more.
            if isAttendedByHomeAlone, let item = try CaseSchedule<W>.item(id, in: transaction.sql) {
                try CaseSchedule<W>.put(item, at: due, in: transaction.sql)
            }
            return (due, done)
        }
        for line in done {
            context.logger.notice("\(W.table.name)", metadata: ["case": "\(id)", "event": "\(line)"])
        }
        return due
    }

    private func attendAsDispatcher(_ record: CaseRecord<W>) async throws -> WallTime? {
        guard let rule = DispatcherRule<W>(tree: context.tree, configuration: context.region.current) else {
            return nil
        }
        switch rule.decision(for: record, at: context.now) {
        case .wait(let until): return until
        case .unserved: return nil
        case .open: break
        }
        let id = record.id
        let opened = try await context.ledger.write(lane: .clinical) { transaction -> (Int, NodeID)? in
            guard let record = try CaseTable<W>.record(id, in: transaction.sql),
                case .open(let attempt, let home) = rule.decision(for: record, at: transaction.now)
            else { return nil }
            try CaseWriter<W>(transaction: transaction, configuration: rule.configuration)
                .open(attempt, home: home, of: record, as: rule.plan.opening)
            return (attempt, home)
        }
        if let opened {
            context.logger.notice(
                "another attempt is opened",
                metadata: ["case": "\(id)", "attempt": "\(opened.0)", "home": "\(opened.1)"])
        }
        return nil
    }
}
