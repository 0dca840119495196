/// The value representations and keywords of the attributes that the standard names (PS3.6), as far as they are needed.
///
/// One that is not listed has none: its bytes pass as they are.
package enum DICOMDictionary {
    private struct Entry {
        var vr: DICOMVR
        var keyword: String?
    }

    private static let entries: [DICOMTag: Entry] = {
        var entries: [DICOMTag: Entry] = [:]
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let group = words.first.flatMap({ UInt16($0, radix: 16) }) else { continue }
            for word in words.dropFirst() {
                let parts = word.split(separator: ":", maxSplits: 1)
                guard let element = UInt16(parts[0].prefix(4), radix: 16),
                    let vr = DICOMVR(rawValue: String(parts[0].dropFirst(4)))
                else { continue }
                entries[DICOMTag(group, element)] = Entry(vr: vr, keyword: parts.dropFirst().first.map(String.init))
            }
        }
        return entries
    }()

    private static let byKeyword: [String: DICOMTag] = entries.reduce(into: [:]) { table, entry in
        if let keyword = entry.value.keyword { table[keyword] = entry.key }
    }

    /// How the value of an attribute is written; ``DICOMVR/un`` where that is not known.
    package static func vr(of tag: DICOMTag) -> DICOMVR {
        if tag.isGroupLength { return .ul }
        if tag.isPrivate { return (0x10...0xFF).contains(tag.element) ? .lo : .un }
        // Repeating groups: curves and overlays.
        let group = tag.group & 0xFF00 == 0x6000 ? 0x6000 : tag.group
        return entries[DICOMTag(group, tag.element)]?.vr ?? .un
    }

    /// The attribute of a keyword, as a query names it.
    package static func tag(keyword: String) -> DICOMTag? { byKeyword[keyword] }

    /// The keyword of an attribute; `nil` where none is known.
    package static func keyword(of tag: DICOMTag) -> String? { entries[tag]?.keyword }

    /// Every attribute that is listed.
    package static var tags: [DICOMTag] { entries.keys.sorted() }
}
