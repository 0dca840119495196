import Effects

/// Reads an instance as its bytes come, in pieces of any size, and keeps none of its pixel data.
///
/// The bytes themselves stay with whoever feeds them: nothing here alters them, and whoever stores them counts their
/// digest. A break of form is a failure that names the element and the byte; the instance is refused then, for all that
/// came before.
package struct DICOMReader: ~Copyable {
    private enum Stage {
        case preamble([UInt8])
        case plain
        case deflated(DICOMInflater)
    }

    private var stage: Stage
    private var parser: DICOMParser
    /// How many bytes came.
    package private(set) var sizeBytes: Int64 = 0

    /// A file of PS3.10: 128 bytes, `DICM`, the file meta information, the data set.
    package init(bounds: DICOMBounds = .standard) {
        stage = .preamble([])
        parser = DICOMParser(syntax: nil, offset: Int64(Self.preambleBytes), bounds: bounds)
    }

    /// A bare data set, as a network sends it.
    package init(transferSyntax: DICOMTransferSyntax, bounds: DICOMBounds = .standard) throws {
        parser = DICOMParser(syntax: transferSyntax, offset: 0, bounds: bounds)
        stage = transferSyntax == .deflated ? .deflated(try DICOMInflater()) : .plain
    }

    private static let preambleBytes = 132

    /// Takes the next bytes.
    ///
    /// - Throws: a failure with a code `dicom.…`; after it the reader is of no use.
    package mutating func feed(_ piece: ArraySlice<UInt8>) throws {
        sizeBytes += Int64(piece.count)
        guard sizeBytes <= Limits.dicomInstanceBytes else { throw DICOMParser.tooLong }
        switch stage {
        case .preamble(let bytes): try feedPreamble(bytes, piece)
        case .plain: try feedPlain(piece)
        case .deflated(let inflater):
            try inflater.feed(piece) { inflated in _ = try parser.feed(inflated) }
        }
    }

    package mutating func feed(_ piece: [UInt8]) throws { try feed(piece[...]) }

    private mutating func feedPreamble(_ bytes: [UInt8], _ piece: ArraySlice<UInt8>) throws {
        let taken = piece.prefix(Self.preambleBytes - bytes.count)
        let preamble = bytes + taken
        guard preamble.count == Self.preambleBytes else {
            stage = .preamble(preamble)
            return
        }
        guard preamble.suffix(4).elementsEqual("DICM".utf8) else { throw Self.notPart10 }
        stage = .plain
        try feedPlain(piece[taken.endIndex...])
    }

    private static var notPart10: Failure {
        Failure("dicom.notPart10", "this is no DICOM file", place: "byte 128")
    }

    private mutating func feedPlain(_ piece: ArraySlice<UInt8>) throws {
        let rest = try parser.feed(piece)
        guard parser.isAtDeflated else { return }
        let inflater = try DICOMInflater()
        stage = .deflated(inflater)
        parser.beginInflated()
        if !rest.isEmpty { try inflater.feed(rest) { inflated in _ = try parser.feed(inflated) } }
    }

    /// The end of the bytes.
    ///
    /// - Throws: `dicom.truncated` where something has not ended, `dicom.notPart10` where nothing has begun.
    package mutating func finish() throws -> DICOMInstance {
        switch stage {
        case .preamble: throw Self.notPart10
        case .plain: break
        case .deflated(let inflater): try inflater.checkEnd()
        }
        try parser.checkEnd()
        return DICOMInstance(
            meta: parser.meta, dataset: parser.stack[0].dataset, transferSyntax: parser.transferSyntax,
            isSyntaxStated: parser.isSyntaxStated, isFormAsStated: parser.isFormAsStated, pixels: parser.pixels,
            sizeBytes: sizeBytes,
            elementCount: parser.elementCount, isWholeDescribed: parser.isWholeDescribed)
    }

    /// Reads a whole instance that is in memory.
    package static func read(_ bytes: [UInt8], bounds: DICOMBounds = .standard) throws -> DICOMInstance {
        var reader = DICOMReader(bounds: bounds)
        try reader.feed(bytes)
        return try reader.finish()
    }
}
