import Effects

extension Limits {
    /// Bytes outside of frames after which a connection is taken for something else than MLLP.
    static let mllpStrayBytes = 1 << 20
    static let mllpBacklog: Int32 = 64

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
