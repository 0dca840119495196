package import Effects
package import Regions
import ServiceKit

/// When a unit's figures for a period are closed: how long it waits for facts and for those below it.
package struct ClosingSchedule: Sendable, Equatable {
    /// How long a township waits after the period's end, by the period's kind.
    ///
    /// A county waits twice as long for those below it, a city three times. It is also the least time between two
    /// editions of one period.
    package var delaySeconds: [ReportingPeriod.Kind: Int64]

    /// Six hours, as in a node's yaml file that says nothing.
    package static let standardSeconds: UInt32 = 21_600

    /// The same delay for every kind of period.
    package init(delaySeconds: UInt32 = Self.standardSeconds) {
        self.delaySeconds = Dictionary(
            uniqueKeysWithValues: ReportingPeriod.Kind.allCases.map { ($0, Int64(delaySeconds)) })
    }

    /// The delays of a node's yaml file; figures travel together, so the slowest of the indicators that are computed decides.
    init(standardSeconds: UInt32, byIndicator: [String: UInt32], of definitions: [IndicatorDefinition]) {
        let delays = definitions.map { byIndicator[$0.id] ?? standardSeconds }
        self.init(delaySeconds: delays.max() ?? standardSeconds)
    }

    /// The settings of a node; what it says of a period's kind goes before what it says of indicators.
    init(_ delays: ClosingDelays, of definitions: [IndicatorDefinition]) {
        self.init(standardSeconds: delays.standardSeconds, byIndicator: delays.seconds, of: definitions)
        for kind in ReportingPeriod.Kind.allCases {
            if let seconds = delays.seconds[kind.rawValue] { delaySeconds[kind] = Int64(seconds) }
        }
    }

    /// When a unit closes at the latest, whoever is missing.
    package func deadline(of period: ReportingPeriod, tier: Tier) -> WallTime {
        let steps: Int64 =
            switch tier {
            case .township: 1
            case .county: 2
            case .city, .dispatcher: 3
            }
        return period.end.advanced(byMilliseconds: delayMilliseconds(period.kind) * steps)
    }

    /// The earliest moment of an amendment to an edition that was closed at a moment.
    package func amendment(of period: ReportingPeriod, after closedAt: WallTime) -> WallTime {
        closedAt.advanced(byMilliseconds: max(1_000, delayMilliseconds(period.kind)))
    }

    private func delayMilliseconds(_ kind: ReportingPeriod.Kind) -> Int64 { (delaySeconds[kind] ?? 0) * 1_000 }
}

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
