import Effects

/// The name of an organization unit within its region, such as `pingding-renmin`; same form as ``NodeID``.
package struct OrgUnitID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init?(rawValue: String) {
        guard NameForm.accepts(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// A checked organization unit name.
    ///
    /// - Throws: `region.badName` where `text` does not have the form.
    package init(_ text: String) throws {
        rawValue = try NameForm.check(text, "an organization unit id")
    }

    package static func < (left: OrgUnitID, right: OrgUnitID) -> Bool {
        left.rawValue < right.rawValue
    }

    package var description: String { rawValue }
}
