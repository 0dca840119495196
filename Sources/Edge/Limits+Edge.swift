import Effects

extension Limits {
    /// Bytes outside of frames after which a connection is taken for something else than MLLP.
    static let mllpStrayBytes = 1 << 20
    static let mllpBacklog: Int32 = 64

    static let httpsFormBytes = 64 << 10
    static let urlBytes = 8 << 10
    /// How long requests in hand may take when the edge stops.
    static let edgeDrainMilliseconds: Int64 = 10_000

    static let tokenFileBytes = 4 << 10
    /// A shorter token can be guessed.
    static let tokenBytesAtLeast = 16
    static let tokenRereadMilliseconds: Int64 = 1_000

    static let resultsPerAnswer = 100
    /// Identifiers of one search, with commas between them.
    static let searchedIdentifiers = 8
    static let resultsOpenedAtOnce = 8
    static let matchesPerAnswer = 20
    static let matchedIdentifiers = 16
    static let rememberedSearches = 10_000
    /// A call of a CDS Hooks service, with its draft orders and its patient.
    static let orderBodyBytes = 1 << 20
    /// Identifiers of one person that a question names.
    static let identifiersGiven = 8
    static let rememberedRefusals = 1_000
    /// The same of messages whose id could not be read.
    static let rememberedUnnamedRefusals = 100
}
