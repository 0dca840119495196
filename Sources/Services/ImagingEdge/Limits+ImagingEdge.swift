import Effects

extension Limits {
    /// Parts of one request that brings instances.
    static let imagingParts = 100_000
    /// The head of one part, and what stands before the first one.
    static let imagingPartHeadBytes = 16 << 10
    static let imagingBoundaryBytes = 70
    /// Frames of one request.
    static let imagingFramesRead = 1_000
    /// Keys and fields of one search.
    static let imagingQueryItems = 100
}
