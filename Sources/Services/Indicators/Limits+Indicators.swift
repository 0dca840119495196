import Effects

extension Limits {
    /// How far back periods are closed and amended by themselves; older ones on command only.
    static let closingDays = 62
    static let closingMonths = 15
    static let closingQuarters = 6
    static let closingYears = 3
    /// Two rounds of closing are at least this far apart, however often the ledger commits.
    static let closingPaceMilliseconds: Int64 = 1_000
    /// A round comes at least this often, whether anything rang or not.
    static let closingRoundMilliseconds: Int64 = 600_000
    /// Facts of past days are looked for this often.
    static let lateFactCheckMilliseconds: Int64 = 60_000
    /// After a failure the next round waits this long.
    static let closingRetryMilliseconds: Int64 = 60_000
    /// What a part of a figure may be, so that a region's sums stay far from overflow.
    static let indicatorPart: Int64 = 1_000_000_000_000_000
    static let indicatorLines = 200
    static let indicatorContributions = 400
    /// The editions of one period that an explanation tells of, the newest ones.
    static let indicatorEditionsTold = 20
}
