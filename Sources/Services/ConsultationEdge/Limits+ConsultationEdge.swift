import Consultation
import Effects

extension Limits {
    /// A ServiceRequest with its documents in Base64.
    static let serviceRequestBytes = entryAttachmentBytes / 3 * 4 + (1 << 20)
    /// A Task, or a patch of one.
    static let taskBytes = 128 << 10
    /// Values of one search parameter, with commas between them.
    static let searchAlternatives = 50
    /// How long an answer waits until what a home has decided is known here.
    static let taskAnswerMilliseconds: Int64 = 3_000
}
