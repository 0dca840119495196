package import Effects

extension Limits {
    /// Attempts at one consultation, and events of one attempt.
    package static let consultationAttempts = 64
    package static let attemptEvents = 1_000
    /// Entries of one author about one consultation.
    package static let consultationEntriesPerAuthor = 100
    /// A deadline of a consultation's terms: a year.
    package static let termSeconds = 31_536_000
    /// What the documents have together that a consultation's entry carries in itself.
    package static let entryAttachmentBytes = 3 << 20
    /// What a person writes into one field of a request or a report.
    package static let textFieldBytes = 16 << 10
}
