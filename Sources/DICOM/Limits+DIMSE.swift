package import Effects

/// What a system that speaks DICOM's own protocol (PS3.7, PS3.8) may ask of this program.
extension Limits {
    /// One unit of data, as this program announces it; a sender cuts what is longer.
    package static let dimseUnitBytes = 128 << 10
    /// A request for an association, or its answer: 128 contexts with two dozen transfer syntaxes each.
    package static let dimseAssociationBytes = 512 << 10
    package static let dimseContexts = 128
    package static let dimseTransferSyntaxes = 64
    package static let dimseCommandBytes = 16 << 10
    /// The data set of a query, or of a commitment of some ten thousand instances.
    package static let dimseDatasetBytes = 4 << 20
    /// What is sent to a peer that takes units of any length.
    package static let dimseSentUnitBytes = 64 << 10
    /// A peer that takes less at a time cannot be spoken to.
    package static let dimseUnitBytesAtLeast = 64
}
