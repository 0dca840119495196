import Effects

extension DICOMParser {
    /// What the header of an element or an item says.
    private struct Header {
        var tag: DICOMTag
        var vr: DICOMVR
        /// `nil` where a delimiter ends it.
        var lengthBytes: Int64?
        var start: Int64

        var forbiddenGroup: Failure {
            failure("dicom.forbiddenGroup", "an element has a group that a data set cannot have")
        }

        func failure(_ code: Failure.Code, _ message: String) -> Failure {
            Failure(code, message, place: "\(tag), byte \(start)")
        }
    }

    /// Takes the header of whatever comes next.
    mutating func takeElement(_ bytes: [UInt8]) throws {
        elementCount += 1
        let found = try header(in: bytes)
        guard elementCount <= Limits.dicomElements else {
            throw found.failure("dicom.tooManyElements", "the instance has more than \(Limits.dicomElements) elements")
        }
        guard offset + (found.lengthBytes ?? 0) <= top.limit else {
            throw found.failure("dicom.overrun", "a value is longer than what it stands in")
        }
        switch top.kind {
        case .dataset: try openElement(found)
        case .sequence: try openItem(found)
        case .fragments: try openFragment(found)
        }
    }

    private mutating func header(in bytes: [UInt8]) throws -> Header {
        let form = top.form
        let start = offset - Int64(bytes.count)
        let tag = form.tag(bytes[...])
        let isDelimiter = tag.group == DICOMTag.item.group
        var found = Header(tag: tag, vr: .un, lengthBytes: nil, start: start)
        guard tag.group != 0 || top.kind != .dataset else { throw found.forbiddenGroup }
        let length: UInt32
        if isDelimiter || !form.isExplicit || top.kind != .dataset || isImplicitAfterAll(bytes) {
            length = form.long(bytes.dropFirst(4))
            if !isDelimiter { found.vr = DICOMDictionary.vr(of: tag) }
        } else {
            guard let vr = DICOMVR(bytes[4], bytes[5]) else {
                throw found.failure(
                    "dicom.unknownVR", "an element has a value representation that is none")
            }
            found.vr = vr
            length = vr.hasLongLength ? form.long(bytes.dropFirst(8)) : UInt32(form.short(bytes.dropFirst(6)))
        }
        found.lengthBytes = length == .max ? nil : Int64(length)
        return found
    }

    /// Whether a data set that should be explicit begins without a value representation; it is read as implicit then.
    private mutating func isImplicitAfterAll(_ bytes: [UInt8]) -> Bool {
        guard stack.count == 1, phase == .dataset, top.count == 0, top.form == .explicit,
            DICOMVR(bytes[4], bytes[5]) == nil
        else { return false }
        top.form = .implicit
        isFormAsStated = false
        return true
    }

    // MARK: Elements

    private mutating func openElement(_ found: Header) throws {
        guard found.tag.group != DICOMTag.item.group else { return try openDelimiter(found) }
        try check(found)
        switch (found.vr, found.lengthBytes) {
        case (.sq, let length): try push(.sequence, found, length, form: top.form)
        case (.un, nil):
            // Such a value is a sequence in implicit form, whatever the form around it (PS3.5, 6.2.2).
            try push(.sequence, found, nil, form: top.form.isExplicit ? .implicit : top.form)
        case (.ob, nil), (.ow, nil): try push(.fragments, found, nil, form: top.form)
        case (_, nil):
            throw found.failure("dicom.undefinedLength", "an element that must say its length does not")
        case (_, let length?): try openValue(found, length)
        }
        guard stack.count == 1 || (stack.count == 2 && top.kind == .fragments), phase == .dataset else { return }
        notePixels(found)
    }

    private mutating func check(_ found: Header) throws {
        let isMeta = found.tag.group == 2
        guard phase == .meta ? isMeta : !isMeta else { throw found.forbiddenGroup }
        // A value that stands there twice, one directly behind the other, says the same.
        guard top.note(found.tag) || top.repeats(found.tag) else {
            throw found.failure("dicom.repeatedElement", "an element stands twice in one data set")
        }
        guard stack.count == 1 else { return }
        if pixels != nil, found.tag < .pixels {
            throw found.failure(
                "dicom.outOfOrder", "an element stands behind the pixel data and belongs before them")
        }
        guard top.count <= Limits.dicomTopElements else {
            throw found.failure(
                "dicom.tooManyElements", "the instance has more than \(Limits.dicomTopElements) elements")
        }
    }

    private mutating func openValue(_ found: Header, _ length: Int64) throws {
        if length == 0 {
            return try keep([], found.tag, found.vr)
        }
        if top.isDescribed, pixels == nil, !isPixels(found.tag), length <= bounds.valueBytes,
            describedBytes + Int(length) <= bounds.totalBytes
        {
            state = .value(found.tag, found.vr, length: Int(length))
        } else {
            try skip(found.tag, found.vr, length)
        }
    }

    /// Whether an attribute of the outermost data set holds its pictures.
    private func isPixels(_ tag: DICOMTag) -> Bool {
        stack.count == 1 && [.pixels, .floatPixels, .doublePixels].contains(tag)
    }

    private mutating func skip(_ tag: DICOMTag, _ vr: DICOMVR, _ length: Int64) throws {
        let extent = DICOMExtent(offset: offset, lengthBytes: length)
        state = .skip(until: offset + length)
        if !isPixels(tag) { describe(DICOMElement(tag, vr, .skipped(extent))) }
    }

    /// An element's whole value has come.
    mutating func keep(_ bytes: [UInt8], _ tag: DICOMTag, _ vr: DICOMVR) throws {
        if top.kind == .fragments {
            pixels?.setOffsetTable(bytes)
            return
        }
        if top.repeats(tag) {
            guard case .bytes(let before) = top.elements.last?.value, before == bytes else {
                throw Failure(
                    "dicom.repeatedElement", "an element stands twice in one data set", place: "\(tag), byte \(offset)")
            }
            return
        }
        if tag == .characterSet { top.characterSet = DICOMCharacterSet(value: bytes) }
        if phase == .meta, tag == .metaLength, vr == .ul, bytes.count == 4 {
            metaEnd = offset + Int64(top.form.long(bytes))
        }
        describedBytes += bytes.count
        describe(DICOMElement(tag, vr, .bytes(bytes)))
    }

    /// Adds an element to the description, as far as that goes.
    ///
    /// A sequence that leads beyond the bounds is let go of as a whole, so that none is described by half.
    private mutating func describe(_ element: DICOMElement) {
        guard top.isDescribed, pixels == nil else { return }
        if stack.count > 1, describedElements >= bounds.elements {
            for index in stack.indices.dropFirst() { stack[index].forget() }
            (describedElements, describedBytes) = describedBefore
            isWholeDescribed = false
            return
        }
        describedElements += 1
        top.elements.append(element)
    }

    // MARK: Sequences

    private mutating func push(_ kind: DICOMFrame.Kind, _ found: Header, _ length: Int64?, form: DICOMForm) throws {
        guard stack.count < Limits.dicomNesting else {
            throw found.failure("dicom.tooDeep", "sequences are nested more than \(Limits.dicomNesting) deep")
        }
        if stack.count == 1 { describedBefore = (describedElements, describedBytes) }
        let around = top
        stack.append(
            DICOMFrame(
                kind, tag: found.tag, vr: found.vr, start: offset, lengthBytes: length, limit: around.limit,
                form: form, characterSet: around.characterSet, isDescribed: around.isDescribed && pixels == nil))
    }

    private mutating func openItem(_ found: Header) throws {
        if found.tag == .item {
            return try push(
                .dataset, Header(tag: top.tag, vr: .sq, lengthBytes: nil, start: found.start),
                found.lengthBytes, form: top.form)
        }
        guard found.tag == .sequenceEnd else {
            throw found.failure("dicom.itemExpected", "a sequence holds something that is no item")
        }
        try openDelimiter(found)
    }

    /// A delimiter ends what did not say its length, and nothing else.
    private mutating func openDelimiter(_ found: Header) throws {
        let expected: DICOMTag = top.kind == .dataset ? .itemEnd : .sequenceEnd
        guard found.tag == expected, found.lengthBytes == 0, top.end == nil, stack.count > 1 else {
            throw found.failure("dicom.strayDelimiter", "a delimiter stands where none may, or has a length")
        }
        pop(before: found.start)
    }

    /// Ends everything that has come to the end that it gave.
    mutating func closeFinished() throws {
        guard case .header = state else { return }
        while stack.count > 1, let end = top.end, end <= offset { pop(before: offset) }
    }

    private mutating func pop(before end: Int64) {
        let closed = stack.removeLast()
        switch closed.kind {
        case .fragments:
            let extent = DICOMExtent(offset: closed.start, lengthBytes: end - closed.start)
            describe(DICOMElement(closed.tag, closed.vr, .skipped(extent)))
        case .dataset:
            if closed.isDescribed { top.items.append(closed.dataset) }
        case .sequence:
            if closed.isDescribed {
                describe(DICOMElement(closed.tag, .sq, .sequence(closed.items)))
            } else {
                let extent = DICOMExtent(offset: closed.start, lengthBytes: end - closed.start)
                describe(DICOMElement(closed.tag, .sq, .skipped(extent)))
            }
        }
    }

    // MARK: Pixel data

    /// From the pixel data of the outermost data set on, nothing is described any more.
    private mutating func notePixels(_ found: Header) {
        guard pixels == nil, [.pixels, .floatPixels, .doublePixels].contains(found.tag) else { return }
        pixels = DICOMPixelLayout(
            tag: found.tag, vr: found.vr,
            native: found.lengthBytes.map { DICOMExtent(offset: offset, lengthBytes: $0) })
    }

    private mutating func openFragment(_ found: Header) throws {
        guard found.tag == .item else {
            guard found.tag == .sequenceEnd else {
                throw found.failure("dicom.itemExpected", "a sequence holds something that is no item")
            }
            return try openDelimiter(found)
        }
        guard let length = found.lengthBytes else {
            throw found.failure("dicom.undefinedLength", "an element that must say its length does not")
        }
        let isFirst = top.count == 0
        top.count += 1
        let isPixels = stack.count == 2
        guard length > 0 else {
            if isPixels, !isFirst { pixels?.add(DICOMExtent(offset: offset, lengthBytes: 0)) }
            return
        }
        if isFirst, isPixels, length <= Int64(Limits.dicomFragments) * 4 {
            state = .value(found.tag, .ob, length: Int(length))
        } else {
            if isPixels, !isFirst { pixels?.add(DICOMExtent(offset: offset, lengthBytes: length)) }
            state = .skip(until: offset + length)
        }
    }
}
