/// The number of an entry kind.
///
/// Numbers are never reused; services declare theirs (see `EntryKindCatalogue`).
package struct EntryKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package var description: String { "kind \(rawValue)" }

    /// A region configuration, as its root published it.
    package static let regionConfiguration = EntryKind(1)
    /// Names entries and those who are to receive them as excerpts.
    package static let grant = EntryKind(2)
    /// Who looked at whose data, for which purpose, with which outcome.
    ///
    /// Audience `own`.
    package static let audit = EntryKind(3)
    /// Tells an author that somebody could not fold an entry of its.
    ///
    /// Granted to the author.
    package static let setAsideNotice = EntryKind(4)
}
