package import Ledgers

extension EntryKind {
    /// A version of a diagnostic report: fields and content.
    package static let report = EntryKind(100)
    /// Somebody opened a result of another institution; granted to its author.
    package static let reportOpened = EntryKind(101)
    /// Recognised, or repeated with a reason; granted to the result's author.
    package static let recognitionDecision = EntryKind(102)
    /// An order was matched against existing results.
    package static let orderMatched = EntryKind(103)
    /// An alert about a newer version was taken note of; granted to the result's author.
    package static let alertAcknowledged = EntryKind(104)
    /// A quality certificate; the dispatcher's, for everybody.
    package static let qualityCertificate = EntryKind(105)
}
