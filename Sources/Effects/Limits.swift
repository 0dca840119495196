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
    /// How soon a parcel that a neighbour refused is offered again, where no other region configuration is in force before.
    package static let refusedParcelMilliseconds: Int64 = 30_000
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

extension Limits {
    /// One attachment, and all documents of one report together: what the longest HL7 message can bring in Base64.
    package static let attachmentBytes = 10 << 20
    /// One attachment that is stored while it comes: an image, a film.
    package static let streamedAttachmentBytes = 2 << 30
    package static let attachmentsPerEntry = 64
    /// How long the chunks are that this node cuts, and the longest that it takes.
    package static let attachmentChunkBytes = 256 << 10
    package static let attachmentChunkBytesAtMost = 1 << 20
    /// Chunks from one neighbour that are on their way at once.
    package static let attachmentChunksInFlight = 2
    /// What the attachments of a node's store have together; beyond it none is begun.
    package static let attachmentStoreBytes = 256 << 30
    /// How many attachments a courier looks at, or asks a neighbour about, in one step.
    package static let attachmentsPerStep = 64
    /// How many chunks one commit throws away.
    package static let attachmentChunksForgottenAtOnce = 64
    /// How soon a courier that has none to fetch and none to ask about looks again without a word about any: the clock alone
    /// can make another neighbour their source.
    package static let attachmentIdleMilliseconds: Int64 = 60_000
    /// The shortest time between two looks for attachments that are due.
    package static let attachmentPauseMilliseconds: Int64 = 250
    /// How long a courier leaves an attachment alone that its neighbour does not have, or that came damaged.
    package static let attachmentRetryMilliseconds: Int64 = 15_000
    /// How long a document lies in the store that no entry names: its publication was cut off and may come again.
    package static let stagedAttachmentMilliseconds: Int64 = 86_400_000
    /// How long somebody who opens a document waits for a link that was cut meanwhile.
    package static let attachmentPatienceMilliseconds: Int64 = 30_000
}

/// What a number may be that somebody else wrote, where nothing else in here bounds it.
extension Limits {
    /// How far from 1970 a moment may lie.
    package static let peerTimeMilliseconds: Int64 = 200 * 366 * 86_400_000
    /// Batches of one chain, and deliveries of parcels to one neighbour; far below what a sum can hold.
    package static let chainSequence: UInt64 = 1 << 53
    /// Versions of one report, certificate, catalogue item or submission.
    package static let versions = 1_000_000
    /// What one entry adds to an indicator: ten years in milliseconds, more than any price.
    package static let factPart: Int64 = 10 * 366 * 86_400_000
    /// Entries that one entry names as its causes.
    package static let entryCauses = 512
    /// Steps (statements, rows of answers) that folding one entry may take, one batch, and what was held back for it.
    package static let foldStepsPerEntry = 10_000
    package static let foldStepsPerBatch = 100_000
    package static let releaseStepsPerCommit = 40_000
    /// Entries that wait for one batch.
    package static let heldPerCause = 5_000
    /// How long others' clinical batches of one commit may run before it is sealed; one always fits.
    package static let foreignClinicalMillisecondsPerCommit: Int64 = 80
    /// Entries and recipients of one grant; a longer one is cut into several.
    package static let grantEntries = 256
    package static let grantRecipients = 256
    /// Identifiers of one person in one message, and patient keys of one header; a bit of the header stands for each.
    package static let personIdentifiers = 64
    /// How far the queue of a link's path can be: no probe is waited for any longer.
    package static let queueingNanoseconds: Int64 = idleLinkMilliseconds * 1_000_000
}
