import Effects

/// The name of a region, such as `yangquan`; same form as ``NodeID``.
package struct RegionID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init?(rawValue: String) {
        guard NameForm.accepts(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// A checked region name.
    ///
    /// - Throws: `region.badName` where `text` does not have the form.
    package init(_ text: String) throws {
        rawValue = try NameForm.check(text, "a region id")
    }

    /// A name that the program itself chose.
    init(unchecked text: String) {
        rawValue = text
    }

    package static func < (left: RegionID, right: RegionID) -> Bool {
        left.rawValue < right.rawValue
    }

    package var description: String { rawValue }
}
