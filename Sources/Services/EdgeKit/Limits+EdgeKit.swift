import Effects
import WorkflowKit

extension Limits {
    /// Parameters that a request brings as a form, or as a Parameters resource.
    package static let httpsFormBytes = 64 << 10

    /// A ServiceRequest with its documents in Base64.
    static let serviceRequestBytes = entryAttachmentBytes / 3 * 4 + (1 << 20)
    /// A Task, or a patch of one.
    static let taskBytes = 128 << 10
    /// Values of one search parameter, with commas between them.
    static let searchAlternatives = 50
    /// How long an answer waits until what a home has decided is known here.
    static let taskAnswerMilliseconds: Int64 = 3_000
}
