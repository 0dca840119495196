/// Something that the parser is inside of: the data set, a sequence, an item, or compressed pixel data.
struct DICOMFrame: Sendable {
    enum Kind: Sendable {
        /// The data set itself, or an item of a sequence.
        case dataset
        case sequence
        case fragments
    }

    var kind: Kind
    /// What it is the value of; of an item, its sequence.
    var tag: DICOMTag
    var vr: DICOMVR
    /// Where its value begins.
    var start: Int64
    /// Where it ends, if it says so.
    var end: Int64?
    /// The nearest end of what is around it.
    var limit: Int64
    var form: DICOMForm
    var characterSet: DICOMCharacterSet
    var isDescribed: Bool

    var elements: [DICOMElement] = []
    var items: [DICOMDataset] = []
    /// Elements or fragments so far, described or not.
    var count = 0
    private var last: DICOMTag?
    /// All tags so far, once they have not come in order.
    private var seen: Set<DICOMTag>?
    private var kept: [DICOMTag] = []

    init(
        _ kind: Kind, tag: DICOMTag = DICOMTag(0, 0), vr: DICOMVR = .sq, start: Int64, lengthBytes: Int64?,
        limit: Int64, form: DICOMForm, characterSet: DICOMCharacterSet, isDescribed: Bool
    ) {
        self.kind = kind
        self.tag = tag
        self.vr = vr
        self.start = start
        end = lengthBytes.map { start + $0 }
        self.limit = end ?? limit
        self.form = form
        self.characterSet = characterSet
        self.isDescribed = isDescribed
    }

    /// Takes notice of an element's tag.
    ///
    /// - Returns: whether it is the first of its name here, as far as what is described.
    mutating func note(_ tag: DICOMTag) -> Bool {
        defer { last = max(tag, last ?? tag) }
        count += 1
        guard isDescribed else { return last != tag }
        if seen == nil, let last, tag < last { seen = Set(kept) }
        if seen != nil { return seen?.insert(tag).inserted == true }
        guard tag != last else { return false }
        kept.append(tag)
        return true
    }

    /// Whether the element before had the same name and its value is here to compare.
    func repeats(_ tag: DICOMTag) -> Bool {
        guard isDescribed, let before = elements.last, before.tag == tag, case .bytes = before.value else {
            return false
        }
        return true
    }

    /// Lets go of what it has described.
    mutating func forget() {
        isDescribed = false
        elements = []
        items = []
        kept = []
        seen = nil
    }

    var dataset: DICOMDataset { DICOMDataset(elements: elements, characterSet: characterSet, form: form) }
}
