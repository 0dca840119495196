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
    let facts: FactTable

    /// - Parameter tree: the management tree of the period's last moment.
    init(node: NodeID, period: ReportingPeriod, tree: ManagementTree, facts: FactTable) {
        self.node = node
        self.period = period
        children = tree.children(of: node)
        parent = tree.parent(of: node)
        self.facts = facts
    }

    /// The sum as it is now.
    ///
    /// A submission with which a figure would be larger than it may be counts as missing. The smaller ones are added
    /// first, so that one impossible submission leaves out nobody but its own unit.
    func sum(in sql: any SQLTransaction) throws -> PeriodSum {
        let own = try facts.sheet(of: period, in: sql)
        var sum = PeriodSum(own: own, total: own, contributions: [], missing: [])
        var found: [(child: NodeID, newest: SubmissionTable.Edition)] = []
        for child in children {
            if let newest = try SubmissionTable.newest(of: child, period, in: sql) {
                found.append((child, newest))
            } else {
                sum.missing.append(child)
            }
        }
        found.sort { left, right in
            let (first, second) = (left.newest.submission.total.largestPart, right.newest.submission.total.largestPart)
            return first == second ? left.child < right.child : first < second
        }
        for (child, newest) in found {
            let submission = newest.submission
            var total = sum.total
            do {
                try total.add(submission.total)
            } catch let failure as Failure where failure.code == "indicators.overflow" {
                sum.missing.append(child)
                continue
            }
            sum.total = total
            sum.contributions.append(
                IndicatorSubmission.Contribution(
                    unit: child, version: submission.version, entry: newest.entry, closedAt: submission.closedAt,
                    missing: (submission.missing + submission.missingBelow).sorted()))
        }
        let place = Dictionary(uniqueKeysWithValues: zip(children, 0...))
        sum.contributions.sort { place[$0.unit] ?? 0 < place[$1.unit] ?? 0 }
        sum.missing.sort { place[$0] ?? 0 < place[$1] ?? 0 }
        return sum
    }
}
