package import Effects

extension Limits {
    /// How long a node remembers, about what is over, whom it has told and which order made it.
    ///
    /// More than a year: last year's order number is not taken for a new one. What is derived from entries stays as long as
    /// they do.
    package static let bookkeepingMilliseconds: Int64 = 400 * 86_400_000
    /// How often a node looks for what is to be forgotten, and how much of it goes in one transaction.
    package static let forgettingMilliseconds: Int64 = 86_400_000
    package static let forgettingPage = 200
}
