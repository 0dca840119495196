package import Effects

extension Limits {
    /// Attempts at one case, terms of homes in one attempt, and events of one attempt.
    package static let caseAttempts = 64
    package static let caseTerms = 64
    package static let attemptEvents = 1_000
    /// Entries of one author about one case.
    package static let caseEntriesPerAuthor = 100
    /// Lines below a case, how much one of them may be, nodes and actors that an event names.
    package static let caseItems = 200
    package static let caseItemQuantity = 1_000_000
    package static let caseNames = 1_000
    /// A deadline of a case's terms: a year.
    package static let termSeconds = 31_536_000
    /// Cases that one expert takes at a time.
    package static let expertCapacity = 1_000
    /// Holidays of a region, and days of weekends on which people work.
    package static let calendarDays = 1_000
    /// What the documents have together that a case's entry carries in itself.
    package static let entryAttachmentBytes = 3 << 20
    /// What a person writes into one field of a form.
    package static let textFieldBytes = 16 << 10
    /// How a case's words may be in a header: a unit, an actor, a reason.
    package static let caseWordBytes = 128
    /// For how long a home that has started hears nothing of its parent before it decides: a quarter of an hour, and of
    /// workflows with attempts half a minute.
    package static let homeSilenceMilliseconds: Int64 = 900_000
    package static let attemptSilenceMilliseconds: Int64 = 30_000
}
