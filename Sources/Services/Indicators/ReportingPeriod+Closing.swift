package import Effects
package import Regions

extension ReportingPeriod {
    /// The moment whose management tree says who belongs to whom for this period.
    package var lastMoment: WallTime { end.advanced(byMilliseconds: -1) }

    /// The periods of a kind that have ended and still close by themselves, the latest first.
    static func ended(_ kind: Kind, at now: WallTime) -> [ReportingPeriod] {
        let count =
            switch kind {
            case .day: Limits.closingDays
            case .month: Limits.closingMonths
            case .quarter: Limits.closingQuarters
            case .year: Limits.closingYears
            }
        var periods: [ReportingPeriod] = []
        var period = ReportingPeriod(kind, containing: now).previous
        for _ in 0..<count {
            periods.append(period)
            period = period.previous
        }
        return periods
    }

    /// Where the earliest period begins that still closes by itself.
    static func closingHorizon(at now: WallTime) -> WallTime {
        Kind.allCases.compactMap { ended($0, at: now).last?.start }.min() ?? now
    }
}
