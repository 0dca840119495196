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
    /// How long a node remembers what its operators did, and how much of it a page shows.
    package static let operatorActMilliseconds: Int64 = 200 * 86_400_000
    package static let operatorActsShown = 100
    /// A reason that an operator gives.
    package static let operatorReasonCharacters = 200
}
