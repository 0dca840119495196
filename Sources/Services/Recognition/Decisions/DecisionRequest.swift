import Effects
package import Ledgers
import Regions

/// What a doctor decides about one item of a match.
package struct DecisionRequest: Sendable, Equatable {
    /// The match in which the result was offered.
    package var match: String
    /// The catalogue's code of the item.
    package var item: String
    /// The version of the result that was offered.
    package var entry: EntryID
    /// Why the examination is done again; none: the result is recognised.
    package var reason: String?
    /// Beside a reason that needs it, at most `Limits.reasonTextCharacters` characters.
    package var text: String?
    package var practitioner: String

    package init(
        match: String, item: String, entry: EntryID, reason: String? = nil, text: String? = nil, practitioner: String
    ) {
        self.match = match
        self.item = item
        self.entry = entry
        self.reason = reason
        self.text = text
        self.practitioner = practitioner
    }

    /// Checks reason and text against the region's table.
    ///
    /// - Returns: the reason's row; `nil` where the result is recognised.
    /// - Throws: `recognition.unknownReason`, `recognition.textMissing`, `recognition.textTooLong`,
    ///   `recognition.textWithoutReason`.
    func checked(_ rules: RecognitionRules) throws -> RepeatReason? {
        guard let reason else {
            guard text?.nonEmpty == nil else {
                throw Failure(
                    "recognition.textWithoutReason", "a result that is recognised needs no reason and no text",
                    remedy: "leave the text out, or give the reason for repeating the examination")
            }
            return nil
        }
        guard let row = rules.reason(reason) else {
            throw Failure(
                "recognition.unknownReason", "the region's table has no such reason",
                remedy: "give one of: " + rules.reasons.map(\.code).joined(separator: ", "))
        }
        guard !row.needsText || text?.contains(where: { !$0.isWhitespace }) == true else {
            throw Failure(
                "recognition.textMissing", "reason \(row.code) needs a text", remedy: "say in a few words why")
        }
        guard text?.count ?? 0 <= Limits.reasonTextCharacters else {
            throw Failure(
                "recognition.textTooLong", "the text is longer than \(Limits.reasonTextCharacters) characters",
                remedy: "shorten it; the medical record takes the rest")
        }
        return row
    }
}

/// What became of a decision.
package struct DecisionReceipt: Sendable, Equatable {
    /// The decision's key; the same for the same unit, patient, order and item.
    package var decision: String
    package var entry: EntryID
    /// 1; 2 where an earlier decision was changed.
    package var number: Int
    /// The same had been decided before; nothing new was written.
    package var isRepetition: Bool

    package init(decision: String, entry: EntryID, number: Int, isRepetition: Bool) {
        self.decision = decision
        self.entry = entry
        self.number = number
        self.isRepetition = isRepetition
    }
}
