import Effects
import Ledgers
package import Regions
import ServiceKit
import Storage

extension IndicatorsService {
    /// The figures of a period: this unit's, and those of every unit below it whose submissions lie here.
    ///
    /// A unit belongs below this one as the management tree was at the period's last moment. Units directly below that
    /// have not submitted are listed as missing; what units further down submitted to their own county shows in the
    /// county's figures.
    package func show(_ period: ReportingPeriod) async throws -> PeriodReport {
        let now = context.now
        let tree = context.region.tree(at: period.lastMoment)
        let rollUp = RollUp(node: context.node, period: period, tree: tree, facts: facts)
        let below = tree.descendants(of: context.node)
        let (sum, own, others) = try await context.ledger.read { sql in
            (
                try rollUp.sum(in: sql), try SubmissionTable.editions(of: rollUp.node, period, in: sql),
                try below.map { ($0, try SubmissionTable.editions(of: $0, period, in: sql)) }
            )
        }
        let view = FigureView(
            configuration: context.region.current, period: period, definitions: context.definitions)
        var units: [UnitFigures] = []
        if context.tier != .dispatcher {
            units.append(ownFigures(view, sum: sum, editions: own, rollUp: rollUp, now: now))
        }
        for (unit, editions) in others where !editions.isEmpty || rollUp.children.contains(unit) {
            units.append(view.unit(unit, editions: editions, stateWithout: .missing))
        }
        return report(period, isOver: now >= period.end, units: units)
    }

    /// The figures of a period of a unit directly below, as the unit itself says: its newest editions, and what would be
    /// published now, which comes here with no submission.
    ///
    /// - Throws: `call.…` where the unit cannot be reached; what the unit throws; `indicators.malformed` where it tells of
    ///   another unit or period.
    package func show(_ period: ReportingPeriod, of unit: NodeID) async throws -> PeriodReport {
        let told = try await explain(period, of: unit)
        let periods = told.editions.map(\.submission.period) + (told.next.map { [$0.period] } ?? [])
        guard told.unit == unit, periods.allSatisfy({ $0 == period }) else { throw IndicatorSubmission.malformed }
        let isOver = context.now >= period.end
        let view = FigureView(
            configuration: context.region.current, period: period, definitions: context.definitions)
        let editions = told.editions.map { SubmissionTable.Edition(entry: $0.entry, submission: $0.submission) }
        var figures = view.unit(unit, editions: editions, stateWithout: isOver ? .waiting : .open)
        figures.live = told.next.map { view.edition($0, entry: nil) }
        return report(period, isOver: isOver, units: [figures])
    }

    private func report(_ period: ReportingPeriod, isOver: Bool, units: [UnitFigures]) -> PeriodReport {
        PeriodReport(
            node: context.node.rawValue, period: period.description, periodKind: period.kind.rawValue,
            start: period.start.chinaText, end: period.end.chinaText, isOver: isOver, units: units)
    }

    private func ownFigures(
        _ view: FigureView, sum: PeriodSum, editions: [SubmissionTable.Edition], rollUp: RollUp, now: WallTime
    ) -> UnitFigures {
        let period = rollUp.period
        var figures = view.unit(
            rollUp.node, editions: editions, stateWithout: now < period.end ? .open : .waiting)
        if editions.last.map({ sum.isTold(by: $0.submission) }) != true {
            figures.live = view.edition(
                sum.submission(of: rollUp.node, period, version: 1, closedAt: now), entry: nil)
        }
        if editions.isEmpty, rollUp.parent != nil {
            figures.closesBy = schedule.deadline(of: period, tier: context.tier).chinaText
        }
        return figures
    }
}
