package import Effects

extension Limits {
    /// One instance, and what a compressed one may become.
    package static let dicomInstanceBytes: Int64 = 2 << 30
    /// Sequences within sequences.
    package static let dicomNesting = 64
    /// Elements and items of one instance, described or not.
    package static let dicomElements = 8_000_000
    /// Elements that are described; a sequence that has more than are left is checked and passed over.
    package static let dicomDescribedElements = 100_000
    /// Elements of a data set outside of its sequences.
    package static let dicomTopElements = 20_000
    /// The longest value that is kept, and all of them together; longer ones are known by their place.
    package static let dicomValueBytes = 64 << 10
    package static let dicomDescribedBytes = 8 << 20
    /// The values of a waveform or of a picture's tables, where somebody asks for them.
    package static let dicomWaveformBytes = 16 << 20
    /// Fragments of compressed pixel data whose place is kept, and frames.
    package static let dicomFragments = 262_144
    package static let dicomUIDBytes = 64
    package static let dicomFrames = 1_000_000
    /// Sequences within each other in the parameters of a query.
    package static let dicomQueryDepth = 8
    /// Pixels of one picture that is drawn.
    package static let dicomPicturePixels = 64 << 20
    package static let dicomWaveformChannels = 64
    /// What of an electrocardiogram is drawn, and how finely.
    package static let ecgSecondsDrawn = 60.0
    package static let ecgPointsPerSecond = 500.0
}
