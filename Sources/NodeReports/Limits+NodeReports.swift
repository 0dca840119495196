import Effects

extension Limits {
    /// How often a node says how it is.
    package static let reportMilliseconds: Int64 = 10_000
    /// From when on the last word is old: three reports are missing, and a bundle may wait at every node on the way.
    package static let reportStaleMilliseconds: Int64 = 45_000
    /// A node's own clock may differ so far from its readers'.
    package static let reportClockMilliseconds: Int64 = 300_000
    /// A report that comes sooner after the one before is not looked at.
    package static let reportPauseMilliseconds: Int64 = 2_000
    /// How long a child is not listened to that brought what it may not.
    package static let reportPenaltyMilliseconds: Int64 = 10_000
    /// How old a word may be on the way.
    package static let reportAgeMilliseconds = 86_400_000
    package static let reportBytes = 24 << 10
    package static let reportsPerBundle = 64
    package static let reportTextBytes = 200
    package static let missingChildrenPerReport = 64
    /// More than any node counts.
    static let reportCount = 1_000_000_000_000_000
}
