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
