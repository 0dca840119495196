extension Limits {
    /// One attachment, and all documents of one report together: what the longest HL7 message can bring in Base64.
    package static let attachmentBytes = 10 << 20
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
    /// The shortest time between two looks for attachments that are due.
    package static let attachmentPauseMilliseconds: Int64 = 250
    /// How long a courier leaves an attachment alone that its neighbour does not have, or that came damaged.
    package static let attachmentRetryMilliseconds: Int64 = 15_000
    /// How long a document lies in the store that no entry names: its publication was cut off and may come again.
    package static let stagedAttachmentMilliseconds: Int64 = 86_400_000
    /// How long somebody who opens a document waits for a link that was cut meanwhile.
    package static let attachmentPatienceMilliseconds: Int64 = 30_000
}
