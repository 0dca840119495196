import Effects

extension Limits {
    static let resultsPerAnswer = 100
    /// Identifiers of one search, with commas between them.
    static let searchedIdentifiers = 8
    static let resultsOpenedAtOnce = 8
    static let rememberedSearches = 10_000
    /// A call of a CDS Hooks service, with its draft orders and its patient.
    static let orderBodyBytes = 1 << 20
    /// Identifiers of one person that a question names.
    static let identifiersGiven = 8
}
