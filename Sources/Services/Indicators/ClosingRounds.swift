import Effects
import Ledgers
import Regions
import Storage

/// The rounds of a node that closes its periods by itself: finds what is due, closes it, says when to look again.
struct ClosingRounds {
    private let service: IndicatorsService
    private var lateFacts = LateFacts()

    init(service: IndicatorsService) {
        self.service = service
    }

    /// One round.
    ///
    /// - Returns: after how many milliseconds to look again, if nothing rings before.
    /// - Throws: `storage.broken`, after which the node stops. Everything else is logged and tried again.
    mutating func next() async throws -> Int64 {
        let context = service.context
        let pause = try await context.world.attempt("periods cannot be closed", logger: context.logger) {
            try await round()
        }
        if let pause { return pause }
        try await context.world.time.sleep(milliseconds: Limits.closingRetryMilliseconds)
        return Limits.closingPaceMilliseconds
    }

    private mutating func round() async throws -> Int64 {
        let context = service.context
        let now = context.now
        let plan = ClosingPlan(service: service, now: now)
        let open = try await context.ledger.read { sql in try plan.candidates(in: sql) }
        let closed = open.filter { $0.newest != nil }.map(\.rollUp.period)
        try await lateFacts.look(for: closed, at: now, context: context)
        var next = now.advanced(byMilliseconds: Limits.closingRoundMilliseconds)
        for candidate in open {
            let period = candidate.rollUp.period
            switch service.rule.decide(candidate.facts(lateFacts: lateFacts.periods.contains(period)), now: now) {
            case .settled: continue
            case .wait(let moment): next = min(next, moment)
            case .close:
                log(try await service.close(period), period)
                lateFacts.periods.remove(period)
            }
        }
        for kind in ReportingPeriod.Kind.allCases {
            next = min(next, ReportingPeriod(kind, containing: now).end)
        }
        return max(next.milliseconds(since: now), Limits.closingPaceMilliseconds)
    }

    private func log(_ outcome: ClosingOutcome, _ period: ReportingPeriod) {
        guard case .closed(let entry, let version) = outcome else { return }
        service.context.logger.info(
            "period closed", metadata: ["period": "\(period)", "version": "\(version)", "entry": "\(entry)"])
    }
}
