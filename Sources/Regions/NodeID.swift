import Effects

/// The name of a node within its region, such as `pingding`.
///
/// Lowercase letters, digits and hyphens, 1 to 63 of them, no hyphen at either end: the form of a DNS label, so that it
/// can stand in a certificate's URI, a file name and a log line unchanged.
package struct NodeID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init?(rawValue: String) {
        guard NameForm.accepts(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// A checked node name.
    ///
    /// - Throws: `region.badName` where `text` does not have the form.
    package init(_ text: String) throws {
        rawValue = try NameForm.check(text, "a node id")
    }

    package static func < (left: NodeID, right: NodeID) -> Bool {
        left.rawValue < right.rawValue
    }

    package var description: String { rawValue }
}
