import Effects

/// What a directory may cost a node, and how long its word holds.
extension Limits {
    /// An answer of the directory: its document, its keys, a token.
    static let directoryAnswerBytes = 256 << 10
    /// One question, from the first byte of the connection to the last of the answer.
    static let directoryAnswerMilliseconds: Int64 = 10_000
    /// Questions that are on their way at a time.
    static let directoryQuestions = 8
    /// How long its document and its keys are believed without asking again.
    static let directoryDocumentMilliseconds: Int64 = 3_600_000
    /// How often its keys are fetched for one that is not known.
    static let directoryKeysMilliseconds: Int64 = 60_000
    /// How long a directory that did not answer is not asked.
    static let directoryRetryMilliseconds: Int64 = 5_000
    static let directoryKeys = 32
    /// From the sign-in page to the directory and back.
    static let departureMilliseconds: Int64 = 600_000
    /// Departures that have come back, each of which comes back once.
    static let arrivalsKept = 2_048
    static let directoryTokenBytes = 64 << 10
    /// How far the directory's clock may be from the node's.
    static let directoryClockMilliseconds: Int64 = 60_000
    /// How long before its arrival a token may have been made.
    static let directoryTokenMilliseconds: Int64 = 300_000
    /// Words of one person that are looked at for roles.
    static let directoryWords = 2_000
}
