/// Where something stands, counted from the first byte of the file; in a deflated one, of the data set that it holds.
package struct DICOMExtent: Hashable, Sendable {
    package var offset: Int64
    package var lengthBytes: Int64

    package init(offset: Int64, lengthBytes: Int64) {
        self.offset = offset
        self.lengthBytes = lengthBytes
    }
}

/// What an element holds.
package enum DICOMValue: Sendable {
    /// The bytes as they came.
    case bytes([UInt8])
    case sequence([DICOMDataset])
    /// It was checked and not kept: it is too long, or pixel data.
    case skipped(DICOMExtent)
}

/// One attribute of a data set.
package struct DICOMElement: Sendable {
    package var tag: DICOMTag
    package var vr: DICOMVR
    package var value: DICOMValue

    package init(_ tag: DICOMTag, _ vr: DICOMVR, _ value: DICOMValue) {
        self.tag = tag
        self.vr = vr
        self.value = value
    }
}

/// Attributes of one thing, in the order in which they came.
package struct DICOMDataset: Sendable {
    package var elements: [DICOMElement]
    /// The character set of its texts, its own or that of what it stands in.
    package var characterSet: DICOMCharacterSet
    var form: DICOMForm

    init(elements: [DICOMElement], characterSet: DICOMCharacterSet, form: DICOMForm) {
        self.elements = elements
        self.characterSet = characterSet
        self.form = form
    }

    /// One that is made here; it is written in UTF-8 where nothing else is said.
    package init(_ elements: [DICOMElement] = [], characterSet: DICOMCharacterSet = .utf8) {
        self.init(
            elements: elements.sorted { $0.tag < $1.tag }, characterSet: characterSet, form: .explicit)
    }

    package subscript(tag: DICOMTag) -> DICOMElement? { elements.first { $0.tag == tag } }

    /// The bytes of an attribute; `nil` where it is not there, is a sequence, or was not kept.
    package func bytes(_ tag: DICOMTag) -> [UInt8]? {
        guard case .bytes(let bytes) = self[tag]?.value else { return nil }
        return bytes
    }

    /// The items of a sequence; none where there is no such sequence.
    package func items(_ tag: DICOMTag) -> [DICOMDataset] {
        guard case .sequence(let items) = self[tag]?.value else { return [] }
        return items
    }

    /// The values of an attribute that is written in characters, without what pads them.
    package func texts(_ tag: DICOMTag) -> [String] {
        guard let element = self[tag] else { return [] }
        return texts(of: element).map(\.text)
    }

    /// The first value of an attribute that is written in characters; `nil` where there is none, or an empty one.
    package func text(_ tag: DICOMTag) -> String? {
        texts(tag).first.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The same with how sure it is.
    package func doubtedText(_ tag: DICOMTag) -> DICOMText? {
        guard let first = self[tag].map({ texts(of: $0) })?.first, !first.text.isEmpty else { return nil }
        return first
    }

    func texts(of element: DICOMElement) -> [DICOMText] {
        guard case .bytes(let bytes) = element.value, element.vr.isString || element.vr == .un else { return [] }
        guard !bytes.isEmpty else { return [] }
        let read =
            element.vr.isText || element.vr == .un
            ? characterSet.decode(bytes) : DICOMCharacterSet.standard.decode(bytes)
        let isLong = !element.vr.hasSeveralValues
        let parts = isLong ? [read.text[...]] : read.text.split(separator: "\\", omittingEmptySubsequences: false)
        return parts.map { part in
            DICOMText(isLong ? part.trimmedAtEnd : part.trimmed, doubt: read.doubt)
        }
    }

    /// The numbers of an attribute, whether they are written in digits or in bits; what is no number ends them.
    package func numbers(_ tag: DICOMTag) -> [Double] {
        guard let element = self[tag] else { return [] }
        return numbers(of: element)
    }

    package func number(_ tag: DICOMTag) -> Double? { numbers(tag).first }

    /// A whole number; `nil` where it is none, or too large for one.
    package func integer(_ tag: DICOMTag) -> Int? {
        number(tag).flatMap { Int(exactly: $0) }
    }

    func numbers(of element: DICOMElement) -> [Double] {
        guard case .bytes(let bytes) = element.value else { return [] }
        if element.vr == .ds || element.vr == .is {
            return Array(
                texts(of: element).lazy.map { Double($0.text) }.prefix { $0?.isFinite == true }.compactMap { $0 })
        }
        guard let width = element.vr.numberBytes else { return [] }
        return stride(from: 0, to: bytes.count - bytes.count % width, by: width).map { start in
            number(bytes[start..<(start + width)], element.vr)
        }
    }

    private func number(_ bytes: ArraySlice<UInt8>, _ vr: DICOMVR) -> Double {
        let bits = form.number(bytes)
        return switch vr {
        case .ss: Double(Int16(truncatingIfNeeded: bits))
        case .sl: Double(Int32(truncatingIfNeeded: bits))
        case .sv: Double(Int64(bitPattern: bits))
        case .fl: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case .fd: Double(bitPattern: bits)
        default: Double(bits)
        }
    }
}

extension StringProtocol {
    /// Without what pads it at its end; blanks before a long text belong to it.
    var trimmedAtEnd: String {
        var rest = self[...]
        while let last = rest.last, last == " " || last == "\0" { rest.removeLast() }
        return String(rest)
    }
}
