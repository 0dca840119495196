import Effects

/// Reads the elements of a data set as its bytes come, in pieces of any size.
///
/// All of the structure is checked to its end: lengths within lengths, items, delimiters, the tables of compressed pixel
/// data. What is described is bounded by ``DICOMBounds``; everything else is passed over without being kept.
struct DICOMParser: Sendable {
    /// What is being read.
    enum Phase: Sendable {
        /// The file meta information, group 0002.
        case meta
        case dataset
    }

    /// What the next bytes are.
    enum State: Sendable {
        case header
        case value(DICOMTag, DICOMVR, length: Int)
        /// Where what is passed over ends.
        case skip(until: Int64)
    }

    let bounds: DICOMBounds
    /// How many bytes came before the next one.
    private(set) var offset: Int64
    var phase: Phase
    var stack: [DICOMFrame]
    var state = State.header
    /// What has come of an element's header.
    private(set) var header: [UInt8] = []
    private var collected: [UInt8] = []

    var meta: DICOMDataset?
    /// Where the file meta information ends, if it says so.
    var metaEnd: Int64?
    var transferSyntax: DICOMTransferSyntax
    /// Whether the file names its transfer syntax.
    var isSyntaxStated = true
    /// Whether the data set is explicit where its transfer syntax says so.
    var isFormAsStated = true
    var pixels: DICOMPixelLayout?

    var elementCount = 0
    var describedElements = 0
    var describedBytes = 0
    /// What was described when the sequence of the outermost data set began.
    var describedBefore: (elements: Int, bytes: Int) = (0, 0)
    /// Whether something beyond the bounds was passed over.
    var isWholeDescribed = true

    /// - Parameter syntax: what a bare data set is written in; `nil` for a file, from its meta information on.
    init(syntax: DICOMTransferSyntax?, offset: Int64, bounds: DICOMBounds) {
        self.bounds = bounds
        self.offset = offset
        phase = syntax == nil ? .meta : .dataset
        transferSyntax = syntax ?? .explicitLittle
        stack = [Self.root(at: offset, form: syntax?.form ?? .explicit)]
    }

    static func root(at offset: Int64, form: DICOMForm) -> DICOMFrame {
        DICOMFrame(
            .dataset, start: offset, lengthBytes: nil, limit: .max, form: form, characterSet: .standard,
            isDescribed: true)
    }

    /// The innermost thing that it is inside of; there always is the data set.
    var top: DICOMFrame {
        _read { yield stack[stack.count - 1] }
        _modify { yield &stack[stack.count - 1] }
    }

    /// Whether a file has come to where its compressed part begins.
    private(set) var isAtDeflated = false

    /// Takes the next bytes.
    ///
    /// - Returns: what is left of them where the compressed part of a deflated file begins; else nothing.
    /// - Throws: a failure of the catalogue's `dicom.…`, with the element and its byte as place.
    mutating func feed(_ piece: ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
        var rest = piece
        while !rest.isEmpty, !isAtDeflated {
            switch state {
            case .header: try takeHeader(&rest)
            case .value(let tag, let vr, let length):
                let taken = rest.prefix(length - collected.count)
                collected += taken
                rest = rest[taken.endIndex...]
                try advance(taken.count)
                guard collected.count == length else { break }
                let bytes = collected
                collected = []
                state = .header
                try keep(bytes, tag, vr)
                try closeFinished()
                try endMetaIfDeflated()
            case .skip(let until):
                let count = Int(min(until - offset, Int64(rest.count)))
                rest = rest.dropFirst(count)
                try advance(count)
                guard offset == until else { break }
                state = .header
                try closeFinished()
            }
        }
        return rest
    }

    private mutating func advance(_ count: Int) throws {
        offset += Int64(count)
        guard offset <= Limits.dicomInstanceBytes else { throw Self.tooLong }
    }

    static var tooLong: Failure {
        Failure(
            "dicom.tooLong", "the instance is longer than \(Limits.dicomInstanceBytes) bytes",
            place: "byte \(Limits.dicomInstanceBytes)")
    }

    private mutating func takeHeader(_ rest: inout ArraySlice<UInt8>) throws {
        let taken = rest.prefix(headerBytes - header.count)
        header += taken
        rest = rest[taken.endIndex...]
        guard header.count == headerBytes else { return }
        if isBehindMeta {
            endMeta()
            guard !isAtDeflated else {
                rest = header + rest
                header = []
                return
            }
            guard header.count == headerBytes else { return }
        }
        let read = header
        header = []
        try advance(read.count)
        try takeElement(read)
        try closeFinished()
        try endMetaIfDeflated()
    }

    /// How long the header of the next element is, as far as that is known: 8 bytes, or 12.
    private var headerBytes: Int {
        guard header.count >= 8, !isBehindMeta else { return 8 }
        let form = top.form
        guard form.isExplicit, top.kind == .dataset, form.short(header) != DICOMTag.item.group,
            let vr = DICOMVR(header[4], header[5])
        else { return 8 }
        return vr.hasLongLength ? 12 : 8
    }

    /// Whether what comes next belongs to the data set already.
    private var isBehindMeta: Bool {
        phase == .meta && stack.count == 1 && header.count >= 8 && DICOMForm.explicit.short(header) != 2
    }

    private mutating func endMetaIfDeflated() throws {
        guard phase == .meta, metaEnd == offset, stack.count == 1, case .header = state else { return }
        // Only a compressed data set cannot be told from more of the same group.
        if stated == .deflated { endMeta() }
    }

    private var stated: DICOMTransferSyntax? {
        stack.first?.dataset.text(.transferSyntax).map(DICOMTransferSyntax.init(uid:))
    }

    private mutating func endMeta() {
        let syntax = stated
        meta = stack[0].dataset
        phase = .dataset
        isSyntaxStated = syntax != nil
        transferSyntax = syntax ?? Self.syntax(of: DICOMForm.guessed(header))
        stack = [Self.root(at: offset, form: transferSyntax.form)]
        isAtDeflated = transferSyntax == .deflated
    }

    private static func syntax(of form: DICOMForm) -> DICOMTransferSyntax {
        form == .big ? .explicitBig : form == .implicit ? .implicitLittle : .explicitLittle
    }

    /// Goes on with what the compressed part holds; places count from its beginning.
    mutating func beginInflated() {
        isAtDeflated = false
        offset = 0
        stack = [Self.root(at: 0, form: .explicit)]
    }

    /// The end of the bytes.
    ///
    /// - Throws: `dicom.truncated` where something has begun and not ended.
    func checkEnd() throws {
        guard phase == .dataset, stack.count == 1, header.isEmpty, case .header = state else {
            throw Failure("dicom.truncated", "the file ends before its data set does", place: "byte \(offset)")
        }
    }
}
