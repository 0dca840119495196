import Effects

/// What somebody looks for, and which attributes the answer shall have (PS3.4, C.2.2.2).
///
/// The identifier of a C-FIND and the parameters of QIDO-RS say the same.
package struct DICOMQuery: Sendable {
    private struct Key: Sendable {
        var tag: DICOMTag
        var vr: DICOMVR
        var match: DICOMMatch
        /// What is asked for inside of a sequence; `nil` asks for all of it.
        var inner: DICOMQuery?
    }

    private var keys: [Key] = []

    /// Attributes that say how the question is meant and are not compared with anything.
    private static let manners: Set<DICOMTag> = [.characterSet, .retrieveLevel, .timezone]

    /// Reads the identifier of a query.
    ///
    /// - Throws: `dicom.badQuery` where a range or a sequence of it cannot be understood.
    package init(identifier: DICOMDataset) throws {
        for element in identifier.elements where !Self.manners.contains(element.tag) && !element.tag.isGroupLength {
            var key = Key(tag: element.tag, vr: element.vr, match: .universal)
            switch element.value {
            case .skipped: throw Self.bad(element.tag)
            case .bytes:
                let texts = identifier.texts(of: element).map(\.text)
                if element.vr.isString { key.match = try DICOMMatch(texts, element.vr, element.tag) }
            case .sequence(let items):
                guard items.count < 2 else { throw Self.bad(element.tag) }
                if let item = items.first, !item.elements.isEmpty { key.inner = try DICOMQuery(identifier: item) }
            }
            keys.append(key)
        }
    }

    /// Reads the parameters of QIDO-RS: keywords or tags, with points between those of a sequence and what is in it.
    ///
    /// - Throws: `dicom.badQuery` where a name is none of the standard's or a value cannot be understood.
    package init(parameters: [(name: String, value: String)]) throws {
        for (name, value) in parameters {
            let path = try name.split(separator: ".", omittingEmptySubsequences: false).map { part in
                guard let tag = DICOMTag(hexadecimal: part) ?? DICOMDictionary.tag(keyword: String(part)) else {
                    throw Failure(
                        "dicom.badQuery", "a key of the query is none that is known", place: String(part.prefix(64)))
                }
                return tag
            }
            guard path.count <= Limits.dicomQueryDepth else { throw Self.bad(path[0]) }
            try add(path[...], value)
        }
    }

    static func bad(_ tag: DICOMTag) -> Failure {
        Failure("dicom.badQuery", "a key of the query cannot be understood", place: "\(tag)")
    }

    private init() {}

    private mutating func add(_ path: ArraySlice<DICOMTag>, _ value: String) throws {
        guard let tag = path.first else { return }
        let vr = DICOMDictionary.vr(of: tag)
        var index = keys.firstIndex { $0.tag == tag }
        if index == nil {
            index = keys.count
            keys.append(Key(tag: tag, vr: vr, match: .universal))
        }
        guard let index else { return }
        if path.count > 1 {
            guard vr == .sq else { throw Self.bad(tag) }
            var inner = keys[index].inner ?? DICOMQuery()
            try inner.add(path.dropFirst(), value)
            keys[index].inner = inner
        } else {
            let parts = vr == .ui ? value.split(whereSeparator: { $0 == "," || $0 == "\\" }).map(String.init) : [value]
            keys[index].match = try DICOMMatch(parts, vr, tag)
        }
    }

    /// Whether a data set is one of those that are looked for.
    package func matches(_ dataset: DICOMDataset) -> Bool {
        keys.allSatisfy { key in
            if let inner = key.inner {
                return !inner.isNarrowing || dataset.items(key.tag).contains(where: inner.matches)
            }
            if case .universal = key.match { return true }
            return dataset.texts(key.tag).contains { key.match.takes($0, key.vr) }
        }
    }

    /// Whether anything is excluded by it.
    private var isNarrowing: Bool {
        keys.contains { key in
            if case .universal = key.match { return key.inner?.isNarrowing == true }
            return true
        }
    }

    /// A data set with the attributes that were asked for, empty where there are none.
    package func answer(from dataset: DICOMDataset) -> DICOMDataset {
        var elements = keys.map { key -> DICOMElement in
            guard let found = dataset[key.tag] else {
                return DICOMElement(key.tag, key.vr, key.vr == .sq ? .sequence([]) : .bytes([]))
            }
            guard let inner = key.inner, case .sequence(let items) = found.value else { return found }
            return .sequence(key.tag, items.filter(inner.matches).map(inner.answer))
        }
        if !dataset.characterSet.terms.isEmpty {
            let terms = dataset.characterSet.terms.joined(separator: "\\")
            elements.append(.text(.characterSet, terms))
        }
        return DICOMDataset(
            elements: elements.sorted { $0.tag < $1.tag }, characterSet: dataset.characterSet, form: dataset.form)
    }

    /// The attributes of the outermost data set that are asked for.
    package var tags: [DICOMTag] { keys.map(\.tag) }
}
