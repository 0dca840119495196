package import Effects
package import Ledgers
package import Regions

extension EntryKind {
    /// One edition of a unit's figures for a reporting period.
    package static let indicatorSubmission = EntryKind(300)
}

/// One edition of one unit's figures for one reporting period, with the evidence of what was summed.
///
/// Version 1 is the publication and stays as it is for ever; a late correction makes version 2, 3 … beside it.
package struct IndicatorSubmission: Sendable, Equatable {
    /// One submission from directly below that was summed.
    package struct Contribution: Sendable, Equatable {
        package var unit: NodeID
        package var version: Int
        package var entry: EntryID
        package var closedAt: WallTime
        /// Who was missing in it, on every level below.
        package var missing: [NodeID]

        package init(unit: NodeID, version: Int, entry: EntryID, closedAt: WallTime, missing: [NodeID]) {
            self.unit = unit
            self.version = version
            self.entry = entry
            self.closedAt = closedAt
            self.missing = missing
        }
    }

    package var unit: NodeID
    package var period: ReportingPeriod
    package var version: Int
    /// From the unit's own entries.
    package var own: IndicatorSheet
    /// Own and everything from below.
    package var total: IndicatorSheet
    package var contributions: [Contribution]
    /// Units directly below that had not submitted.
    package var missing: [NodeID]
    package var closedAt: WallTime

    package init(
        unit: NodeID, period: ReportingPeriod, version: Int, own: IndicatorSheet, total: IndicatorSheet,
        contributions: [Contribution], missing: [NodeID], closedAt: WallTime
    ) {
        self.unit = unit
        self.period = period
        self.version = version
        self.own = own
        self.total = total
        self.contributions = contributions
        self.missing = missing
        self.closedAt = closedAt
    }

    /// The subject of the entry that carries it.
    package var subject: String { "\(unit)/\(period)" }

    /// Who was missing further down, in the submissions that were summed.
    package var missingBelow: [NodeID] { Array(Set(contributions.flatMap(\.missing))).sorted() }
}
