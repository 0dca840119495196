/// What the letters of single lines say (HL7 table 0085): the one place that sorts them.
///
/// A letter speaks of its own line, whether that is a value, a text or a document; the report's status is another thing.
package enum LineStatus {
    /// D: deleted; X: cannot be obtained; W: was sent in error.
    private static let withdrawn: Set<String> = ["D", "X", "W"]
    /// F and U: final; V: verified; B: appended, reviewed without a change of its value; C: a correction.
    ///
    /// A line that says nothing stands as its report does.
    private static let closed: Set<String> = ["", "F", "U", "V", "B", "C"]
    /// N: not asked for; O: a detail of the order without a result.
    private static let unasked: Set<String> = ["N", "O"]
    /// Letters that mean "not yet": A (that of table 0123, some results) and M (corrected, not final) among them.
    private static let open: Set<String> = ["P", "R", "I", "S", "A", "M"]

    /// Whether a line was taken back: it is no part of the report any more, and no reader shows its value.
    package static func isWithdrawn(_ letter: String) -> Bool { withdrawn.contains(letter) }

    /// Whether a line was not asked for, or describes an order: it is no result.
    package static func isUnasked(_ letter: String) -> Bool { unasked.contains(letter) }

    /// Whether a line is final, with a value or without.
    package static func isClosed(_ letter: String) -> Bool { closed.contains(letter) }

    /// Whether a line is not final yet, which is also what a letter says that nobody knows.
    package static func isOpen(_ letter: String) -> Bool {
        !isClosed(letter) && !isWithdrawn(letter) && !isUnasked(letter)
    }

    /// Whether the letter is one of the table.
    package static func isKnown(_ letter: String) -> Bool { !isOpen(letter) || open.contains(letter) }
}
