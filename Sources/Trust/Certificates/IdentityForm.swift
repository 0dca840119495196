import Effects

/// The form of region and node ids: 1 to 63 lowercase letters, digits and hyphens.
package enum IdentityForm {
    package static func holds(for text: some StringProtocol) -> Bool {
        (1...63).contains(text.utf8.count) && text.utf8.allSatisfy(isAllowed)
    }

    /// Refuses an id of another form.
    ///
    /// - Parameters:
    ///   - kind: what the id is of: `region` or `node`.
    /// - Throws: `cert.malformedID`.
    package static func check(_ text: String, kind: String) throws {
        guard holds(for: text) else {
            throw Failure(
                "cert.malformedID", "this is not a \(kind) id", place: String(text.prefix(80)),
                remedy: "use 1 to 63 lowercase letters, digits and hyphens")
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
