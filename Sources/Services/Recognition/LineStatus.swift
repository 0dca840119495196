/// What the letters of single lines say (HL7 table 0085).
///
/// A letter speaks of its own line, whether that is a value, a text or a document; the report's status is another thing.
package enum LineStatus {
    /// D: deleted; X: cannot be obtained; W: was sent in error.
    private static let withdrawn: Set<String> = ["D", "X", "W"]
    /// What is not final yet.
    private static let open: Set<String> = ["P", "R", "I", "S", "A", "B"]

    /// Whether a line was taken back: it is no part of the report any more, and no reader shows its value.
    package static func isWithdrawn(_ letter: String) -> Bool { withdrawn.contains(letter) }

    /// Whether a line is not final yet.
    package static func isOpen(_ letter: String) -> Bool { open.contains(letter) }
}
