import Effects
import Regions
import Storage

/// What a unit's figures for a period are at this moment, with what they are made of.
struct PeriodSum: Sendable, Equatable {
    var own: IndicatorSheet
    var total: IndicatorSheet
    var contributions: [IndicatorSubmission.Contribution]
    var missing: [NodeID]

    /// Whether an edition rests on the same facts, the same submissions and the same gaps.
    func isTold(by submission: IndicatorSubmission) -> Bool {
        own.saysTheSame(as: submission.own) && total.saysTheSame(as: submission.total)
            && contributions.map(\.entry) == submission.contributions.map(\.entry) && missing == submission.missing
    }

    func submission(
        of unit: NodeID, _ period: ReportingPeriod, version: Int, closedAt: WallTime
    ) -> IndicatorSubmission {
        IndicatorSubmission(
            unit: unit, period: period, version: version, own: own, total: total, contributions: contributions,
            missing: missing, closedAt: closedAt)
    }
}

/// Sums a period: own facts and the newest submission of each unit that stood directly below at the period's end.
///
/// Only those count, each once: what came from a unit that stood elsewhere then is counted elsewhere.
struct RollUp: Sendable {
    let node: NodeID
    let period: ReportingPeriod
    /// The units directly below, by the management tree of the period's last moment.
    let children: [NodeID]
    /// Who managed this node at that moment.
    let parent: NodeID?

    /// - Parameter tree: the management tree of the period's last moment.
    init(node: NodeID, period: ReportingPeriod, tree: ManagementTree) {
        self.node = node
        self.period = period
        children = tree.children(of: node)
        parent = tree.parent(of: node)
    }

    /// - Throws: `indicators.overflow`.
    func sum(in sql: any SQLTransaction) throws -> PeriodSum {
        let own = try FactTable.sheet(of: period, in: sql)
        var sum = PeriodSum(own: own, total: own, contributions: [], missing: [])
        for child in children {
            guard let newest = try SubmissionTable.newest(of: child, period, in: sql) else {
                sum.missing.append(child)
                continue
            }
            let submission = newest.submission
            try sum.total.add(submission.total)
            sum.contributions.append(
                IndicatorSubmission.Contribution(
                    unit: child, version: submission.version, entry: newest.entry, closedAt: submission.closedAt,
                    missing: (submission.missing + submission.missingBelow).sorted()))
        }
        return sum
    }
}
