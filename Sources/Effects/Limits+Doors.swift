/// What connections that come in may take of a node, apart from links (`Limits+Links.swift`).
///
/// | listener | proven | not proven | with one identity |
/// |---|---|---|---|
/// | HTTPS | `httpsConnections` | `httpsUnproven` | `httpsPerIdentity` |
/// | each MLLP listener | `mllpConnections` | `mllpUnproven` | all of them |
/// | health | none: nobody proves anything | `healthConnections` | |
/// | the operator's socket | `socketConnections` | none: the file's mode is the proof | all of them |
///
/// What they hold in messages and bodies is bounded by `listenerBytes` together, besides the first `listenerFreeBytes` of
/// each.
extension Limits {
    // HTTPS: behind one address there may be a hospital with two hundred doctors at their desks
    package static let httpsConnections = 1_024
    package static let httpsUnproven = 512
    /// Requests at a time on a connection of HTTP/2 that has proved nothing; each holds 16 KiB of headers at most.
    package static let unprovenStreams = 32
    /// With one system's token.
    package static let httpsPerIdentity = 768

    // MLLP
    package static let mllpConnections = 128
    package static let mllpUnproven = 64

    package static let healthConnections = 64
    package static let socketConnections = 128

    /// How old a connection without a proof must be before it makes room for one of an address that has no fewer.
    package static let unprovenGraceMilliseconds: Int64 = 1_000

    // Time
    package static let tlsMilliseconds: Int64 = 10_000
    /// Until a request with a token has come, after TLS or after an answer that needed none.
    package static let httpsProofMilliseconds: Int64 = 15_000
    /// A request's body.
    package static let httpsBodyMilliseconds: Int64 = 120_000
    package static let httpsIdleMilliseconds: Int64 = 120_000
    /// Until a peer has taken its answer.
    package static let answerMilliseconds: Int64 = 60_000
    package static let healthProofMilliseconds: Int64 = 20_000
    package static let healthAnswerMilliseconds: Int64 = 10_000
    /// An MLLP connection without a client's certificate on which no message came since it was opened is closed.
    package static let mllpProofMilliseconds: Int64 = 600_000
    /// From the first byte of a frame to its last; a sender may not drip.
    package static let mllpFrameMilliseconds: Int64 = 60_000
    /// Between two messages.
    package static let mllpIdleMilliseconds: Int64 = 3_600_000

    // Bytes
    /// What messages and bodies that are coming or being worked on have together: three of the longest.
    package static let listenerBytes = 96 << 20
    package static let listenerBytesAtLeast = 48 << 20
    /// Of each message, that does not count.
    package static let listenerFreeBytes = 16 << 10
    /// How long a message may be coming before it makes room for another.
    package static let listenerGraceMilliseconds: Int64 = 3_000
    /// Wrong tokens of one address in a minute; what comes beyond is answered 429 and its connection closed.
    package static let wrongTokensPerMinute = 30
}
