/// Every bound of the program, with its unit in the name.
///
/// Nothing in Yilian grows without one of these.
package enum Limits {
    // Configuration and files
    package static let configurationFileBytes = 8 << 20
    package static let importFileBytes = 64 << 20

    // Wire
    /// The longest frame on a link, header included.
    ///
    /// Checked before memory is taken for it.
    package static let frameBytes = 64 << 10
    /// The longest message (one call's arguments or answer) that is cut into frames.
    package static let messageBytes = 8 << 20
    package static let handshakeMilliseconds: Int64 = 10_000
    package static let heartbeatMilliseconds: Int64 = 5_000
    /// A link on which nothing arrived for this long is closed.
    package static let idleLinkMilliseconds: Int64 = 20_000
    package static let callsInFlightPerLane = 1_024
    package static let laneCreditBytes = 16 << 20
    package static let defaultCallMilliseconds: Int64 = 15_000
    package static let reconnectFirstMilliseconds: Int64 = 200
    package static let reconnectCapMilliseconds: Int64 = 15_000
    package static let halfOpenLinks = 256
    package static let clockDifferenceWarningMilliseconds: Int64 = 120_000

    // Batches
    package static let entryPayloadBytes = 4 << 20
    package static let entryHeaderBytes = 64 << 10
    package static let batchEntries = 2_000
    package static let batchBytes = 6 << 20
    package static let batchHeaderBytes = 64 << 10
    package static let segmentsPerBatch = 16
    /// What a segment may produce when it is decompressed, counted on the bytes really produced.
    package static let segmentDecompressedBytes = 32 << 20
    /// What all segments of a batch may produce together, and how much of a delivery is held open at once.
    package static let batchDecompressedBytes = 32 << 20
    package static let decompressionRatio = 1_200
    package static let excerptBytes = 6 << 20
    package static let appendQueueEntries = 10_000

    // Courier
    package static let courierBatchesPerCall = 64
    package static let courierBytesPerCall = 4 << 20
    package static let courierPollMilliseconds: Int64 = 2_000

    // Edges
    package static let hl7MessageBytes = 16 << 20
    package static let fhirBodyBytes = 32 << 20
    package static let mllpConnections = 256
    package static let attachmentBytes = 3 << 20
    package static let queryResults = 500

    // Consultations
    package static let textFieldBytes = 16 << 10
}
