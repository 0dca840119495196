/// Every bound of the program, with its unit in the name.
///
/// Nothing in Yilian grows without one of these.
package enum Limits {
    // Configuration and files
    package static let configurationFileBytes = 8 << 20
    package static let importFileBytes = 64 << 20
    /// Files beside `region.yaml` that it names.
    package static let regionFilesBeside = 32
    /// Anchors and aliases of one YAML file.
    package static let yamlAliases = 100
    /// What of a node's log waits to be read; lines beyond it are dropped and counted.
    package static let waitingLogBytes = 1 << 20
    /// A node with less than this on its disk is not ready.
    package static let freeDiskBytes: Int64 = 64 << 20
    /// Files and connections that a node may have open: all listeners full, and some files.
    package static let descriptors = 4_096
    /// What listeners leave of them for files, for the links that the node dials, and for the health port.
    package static let descriptorsForFiles = 256
    /// Connections that all listeners but the health port may have where the operating system allows hardly any files.
    package static let doorConnectionsAtLeast = 32

    /// How long before its beginning an epoch of patient keys is looked up too.
    package static let patientKeyOverlapMilliseconds: Int64 = 86_400_000
    /// Epochs of patient keys of one region.
    package static let patientKeyEpochs = 64

    /// Region configurations that are read from the ledger at once.
    package static let configurationsTakenAtOnce = 16

    // Wire
    /// The longest frame on a link, header included.
    ///
    /// Checked before memory is taken for it.
    package static let frameBytes = 64 << 10
    /// The longest message (one call's arguments or answer) that is cut into frames.
    package static let messageBytes = 8 << 20
    package static let defaultCallMilliseconds: Int64 = 15_000
    package static let clockDifferenceWarningMilliseconds: Int64 = 120_000

    // Batches
    package static let entryPayloadBytes = 4 << 20
    package static let entryHeaderBytes = 64 << 10
    package static let batchEntries = 2_000
    package static let batchBytes = 6 << 20
    package static let batchHeaderBytes = 64 << 10
    package static let segmentsPerBatch = 16
    /// What a segment may produce when it is decompressed, counted on the bytes really produced.
    ///
    /// An author seals at most `batchBytes`; twice that leaves room, and a bomb stays far below 32 MiB of memory.
    package static let segmentDecompressedBytes = 12 << 20
    /// What all segments of a batch may produce together, and how much of a delivery is held open at once.
    package static let batchDecompressedBytes = 12 << 20
    package static let decompressionRatio = 1_200
    /// How many entries of one delivery that were set aside are named to its sender.
    package static let setAsideEntriesNamed = 100
    package static let appendQueueEntries = 10_000
    /// Most bytes of bulk in one commit of a store.
    package static let bulkBytesPerCommit = 4 << 20
    /// How long the bulk commands of one commit may run before it is sealed; one command always fits.
    package static let bulkMillisecondsPerCommit: Int64 = 80
    /// The same while a clinical command waits for the next commit.
    package static let bulkMillisecondsWhileClinicalWaits: Int64 = 5

    // Courier
    package static let courierBatchesPerCall = 64
    package static let courierBytesPerCall = 1 << 20
    /// Positions of chains in one answer, and how many answers are asked for.
    package static let positionsPerCall = 2_000
    package static let positionPages = 1_000
    /// Deliveries of one lane to one neighbour that are on their way at once.
    package static let courierCallsInFlight = 4
    /// Their bytes, beyond which none is added.
    package static let courierBytesInFlight = 2 << 20
    /// Deliveries of one lane, from all neighbours together, that a node holds open at once.
    package static let deliveriesOpen = 4
    /// How long a delivery waits for the one before it.
    package static let deliveryOrderMilliseconds: Int64 = 2_000
    /// How long a delivered parcel that rests on another node's grant is remembered.
    package static let deliveredParcelMilliseconds: Int64 = 30 * 86_400_000
    /// How often old bookkeeping is looked for, and how many rows one step takes.
    package static let upkeepMilliseconds: Int64 = 3_600_000
    package static let upkeepRows = 500
    /// Couriers are woken by commits; they look around by themselves only this often.
    package static let courierPollMilliseconds: Int64 = 15_000
    /// How soon what a neighbour refused is looked at again, at the earliest.
    package static let courierRetryMilliseconds: Int64 = 2_000
    /// How soon a granted entry that was not here is looked for again.
    package static let missingParcelMilliseconds: Int64 = 10_000
    /// How long a granted entry that does not lie at the granting node is waited for, as after a restore: 30 days.
    package static let grantedEntryMilliseconds: Int64 = 30 * 86_400_000
    /// How soon a configuration that was not taken, or that a neighbour did not take, is tried again.
    package static let configurationPollMilliseconds: Int64 = 2_000

    // Edges
    package static let hl7MessageBytes = 16 << 20
    package static let fhirBodyBytes = 32 << 20
    /// Repetitions of one field of an HL7 message.
    package static let hl7Repetitions = 10_000
    package static let queryResults = 500
}
