/// Writes data sets that are made here: answers to queries, commands, and the head of a file.
///
/// An instance that came is never written anew; its bytes pass as they are.
package struct DICOMWriter: Sendable {
    let form: DICOMForm

    package init(_ syntax: DICOMTransferSyntax) {
        form = syntax.form
    }

    /// A data set with its elements in order; what was not kept of it is left out.
    package func bytes(_ dataset: DICOMDataset) -> [UInt8] {
        var bytes: [UInt8] = []
        for element in dataset.elements.sorted(by: { $0.tag < $1.tag }) {
            bytes += self.bytes(element, of: dataset)
        }
        return bytes
    }

    private func bytes(_ element: DICOMElement, of dataset: DICOMDataset) -> [UInt8] {
        switch element.value {
        case .skipped: return []
        case .bytes(let value): return self.element(element.tag, element.vr, converted(value, element.vr, dataset))
        case .sequence(let items):
            var value: [UInt8] = []
            for item in items {
                let content = bytes(item)
                value += tag(.item) + long(UInt32(clamping: content.count)) + content
            }
            return self.element(element.tag, .sq, value)
        }
    }

    /// An element with its value as it is, but for a byte that makes its length even.
    ///
    /// A value beyond 64 KiB of a representation with short lengths is cut; nothing that is made here has one.
    func element(_ tag: DICOMTag, _ vr: DICOMVR, _ value: [UInt8]) -> [UInt8] {
        var value = value
        if form.isExplicit, !vr.hasLongLength, value.count > 0xFFFE { value = Array(value.prefix(0xFFFE)) }
        if !value.count.isMultiple(of: 2) { value.append(vr.padding) }
        var bytes = self.tag(tag)
        if form.isExplicit {
            bytes += Array(vr.rawValue.utf8)
            bytes += vr.hasLongLength ? [0, 0] + long(UInt32(clamping: value.count)) : short(UInt16(value.count))
        } else {
            bytes += long(UInt32(clamping: value.count))
        }
        return bytes + value
    }

    func tag(_ tag: DICOMTag) -> [UInt8] { short(tag.group) + short(tag.element) }

    func short(_ value: UInt16) -> [UInt8] {
        let bytes = [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
        return form.isBigEndian ? bytes.reversed() : bytes
    }

    func long(_ value: UInt32) -> [UInt8] {
        let bytes = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
        return form.isBigEndian ? bytes.reversed() : bytes
    }

    /// Numbers in the other order of bytes, where the data set has another one.
    private func converted(_ value: [UInt8], _ vr: DICOMVR, _ dataset: DICOMDataset) -> [UInt8] {
        let widths: [DICOMVR: Int] = [.at: 2, .ow: 2, .of: 4, .ol: 4, .od: 8, .ov: 8]
        guard dataset.form.isBigEndian != form.isBigEndian, let width = widths[vr] ?? vr.numberBytes else {
            return value
        }
        return stride(from: 0, to: value.count, by: width).flatMap { start in
            value[start..<min(start + width, value.count)].reversed()
        }
    }

    // MARK: Files

    /// Which program wrote a file's head; of a root that anybody may use (2.25 and a number).
    package static let implementationUID = "2.25.25072892702584646687062240060662618685"
    package static let implementationName = "YILIAN"

    /// What stands before a data set in a file of PS3.10: preamble, `DICM` and the file meta information.
    package static func fileHead(
        sopClassUID: String, sopInstanceUID: String, transferSyntax: DICOMTransferSyntax, sourceTitle: String? = nil
    ) -> [UInt8] {
        let writer = DICOMWriter(.explicitLittle)
        func text(_ element: UInt16, _ vr: DICOMVR, _ value: String) -> [UInt8] {
            writer.element(DICOMTag(0x0002, element), vr, Array(value.utf8))
        }
        var meta = writer.element(DICOMTag(0x0002, 0x0001), .ob, [0, 1])
        meta += text(0x0002, .ui, sopClassUID) + text(0x0003, .ui, sopInstanceUID)
        meta += text(0x0010, .ui, transferSyntax.uid) + text(0x0012, .ui, implementationUID)
        meta += text(0x0013, .sh, implementationName)
        if let sourceTitle { meta += text(0x0016, .ae, sourceTitle) }
        let length = writer.element(.metaLength, .ul, writer.long(UInt32(clamping: meta.count)))
        return [UInt8](repeating: 0, count: 128) + Array("DICM".utf8) + length + meta
    }
}

extension DICOMElement {
    /// An attribute that is written in characters of the data set's set; what it lacks becomes a question mark.
    package static func text(
        _ tag: DICOMTag, _ values: String..., vr: DICOMVR? = nil, in characterSet: DICOMCharacterSet = .utf8
    ) -> DICOMElement {
        let text = values.joined(separator: "\\")
        let ascii = text.unicodeScalars.map { $0.isASCII ? UInt8(truncatingIfNeeded: $0.value) : UInt8(ascii: "?") }
        return DICOMElement(tag, vr ?? DICOMDictionary.vr(of: tag), .bytes(characterSet.encode(text) ?? ascii))
    }

    /// Numbers of 16 bits.
    package static func shorts(_ tag: DICOMTag, _ values: UInt16...) -> DICOMElement {
        DICOMElement(tag, .us, .bytes(values.flatMap(DICOMWriter(.explicitLittle).short)))
    }

    /// Numbers of 32 bits.
    package static func longs(_ tag: DICOMTag, _ values: UInt32...) -> DICOMElement {
        DICOMElement(tag, .ul, .bytes(values.flatMap(DICOMWriter(.explicitLittle).long)))
    }

    package static func sequence(_ tag: DICOMTag, _ items: [DICOMDataset]) -> DICOMElement {
        DICOMElement(tag, .sq, .sequence(items))
    }
}
