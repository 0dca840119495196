import Effects
import Regions
import ServiceKit

/// What a unit does with its own periods: closes them, and says what their figures are made of.
struct UnitClosing: Sendable {
    let context: NodeContext
    let schedule: ClosingSchedule

    var facts: FactTable { FactTable(definitions: context.definitions) }
    var rule: ClosingRule { ClosingRule(tier: context.tier, schedule: schedule) }

    func rollUp(of period: ReportingPeriod) -> RollUp {
        RollUp(
            node: context.node, period: period, tree: context.region.tree(at: period.lastMoment), facts: facts)
    }

    /// - Throws: `indicators.notAUnit`, `.notBegun`, `.notManaged`; `ledger.overloaded`.
    func close(_ period: ReportingPeriod, force: Bool) async throws -> ClosingOutcome {
        try checkIsAUnit()
        guard period.start <= context.now else {
            throw Failure(
                "indicators.notBegun", "the period has not begun", place: period.description,
                remedy: "close a period that has begun")
        }
        let rollUp = rollUp(of: period)
        guard rollUp.parent != nil else {
            throw Failure(
                "indicators.notManaged", "nobody managed this node at the end of the period",
                place: period.description, remedy: "check the management tree with `yilian region show`")
        }
        let closing = PeriodClosing(rollUp: rollUp, rule: rule)
        return try await context.ledger.write(lane: .bulk) { transaction in
            try closing.perform(in: transaction, force: force)
        }
    }

    /// - Throws: `indicators.notAUnit`.
    func explain(_ period: ReportingPeriod) async throws -> FigureExplanation {
        try checkIsAUnit()
        let rollUp = rollUp(of: period)
        let (sum, editions) = try await context.ledger.read { sql in
            (try rollUp.sum(in: sql), try SubmissionTable.editions(of: rollUp.node, period, in: sql))
        }
        let newest = editions.last?.submission
        let isTold = newest.map { sum.isTold(by: $0) } ?? false
        return FigureExplanation(
            unit: context.node,
            editions: editions.suffix(Limits.indicatorEditionsTold).map {
                FigureExplanation.Edition(entry: $0.entry, submission: $0.submission)
            },
            next: isTold
                ? nil
                : sum.submission(of: rollUp.node, period, version: (newest?.version ?? 0) + 1, closedAt: context.now))
    }

    private func checkIsAUnit() throws {
        guard context.tier != .dispatcher else {
            throw Failure(
                "indicators.notAUnit", "the dispatcher counts nothing and closes nothing",
                remedy: "close the period at the city, a county or a township")
        }
    }
}
