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
