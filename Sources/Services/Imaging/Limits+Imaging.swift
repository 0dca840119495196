package import Effects

extension Limits {
    /// The attributes by which an instance is found, as they are kept beside its bytes.
    static let imagingSummaryBytes = 64 << 10
    /// A modality, an accession number or a transfer syntax.
    static let imagingWordBytes = 256
    /// Studies, series or instances in one answer.
    package static let imagingAnswers = 500
    /// Rows that one search reads; what lies behind them is not looked at, and the answer says so.
    static let imagingRowsRead = 20_000
    /// One frame, as it lies in its file.
    package static let imagingFrameBytes = 64 << 20
    /// Instances of one answer that brings their bytes or all of their attributes.
    package static let imagingInstancesRead = 10_000
}
