import Effects

/// The form that the names of nodes, regions, organization units and experts share.
package enum NameForm {
    package static let lengthLimit = 63

    package static func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (1...lengthLimit).contains(bytes.count) else { return false }
        guard bytes.first != hyphen, bytes.last != hyphen else { return false }
        return bytes.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == hyphen
        }
    }

    /// Gives `text` back where it has the form.
    ///
    /// - Throws: `region.badName`; the message shows no more than the first characters of what was given.
    package static func check(_ text: String, _ what: String) throws -> String {
        guard accepts(text) else {
            throw Failure(
                "region.badName", "\(shown(text)) is not \(what)",
                remedy: "use 1 to \(lengthLimit) lowercase letters, digits and hyphens, with no hyphen at either end")
        }
        return text
    }

    /// A short, quoted, printable form of a text that somebody else wrote.
    package static func shown(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(40).map { scalar -> String in
            scalar.properties.generalCategory == .control ? "?" : String(scalar)
        }
        return "\"" + scalars.joined() + (text.unicodeScalars.count > 40 ? "…" : "") + "\""
    }

    private static let hyphen: UInt8 = 0x2D
}

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
