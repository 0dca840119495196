import Effects

extension Limits {
    /// Bytes outside of frames after which a connection is taken for something else than MLLP.
    static let mllpStrayBytes = 1 << 20
    static let mllpBacklog: Int32 = 64
    /// What a body that is handed on as it comes holds at a time.
    static let streamedBodyWindowBytes = 1 << 20
    /// How much of such a body has to come within the time that others have for all of theirs.
    static let streamedBodyStepBytes = 1 << 20

    static let dimseBacklog: Int32 = 64
    /// What an association holds of the listeners' bytes: a unit, a chunk, and what is written.
    static let dimseWindowBytes = 1 << 20
    /// Until an association has been granted.
    static let dimseProofMilliseconds: Int64 = 30_000
    /// A message, or a step of an instance.
    static let dimseMessageMilliseconds: Int64 = 120_000
    /// Between two messages.
    static let dimseIdleMilliseconds: Int64 = 600_000
    static let dimseConnections = 64

    static let urlBytes = 8 << 10
    /// How long requests in hand may take when the edge stops.
    static let edgeDrainMilliseconds: Int64 = 10_000

    static let tokenFileBytes = 4 << 10
    /// A shorter token can be guessed.
    static let tokenBytesAtLeast = 16
    static let tokenRereadMilliseconds: Int64 = 1_000

    static let rememberedRefusals = 1_000
    /// The same of messages whose id could not be read.
    static let rememberedUnnamedRefusals = 100
}
