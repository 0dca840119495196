import Effects
import Testing

@testable import DICOM

@Suite("DICOM files")
struct DICOMReaderTests {
    private static let syntaxes: [DICOMTransferSyntax] = [.implicitLittle, .explicitLittle, .explicitBig]

    private func check(_ instance: DICOMInstance) throws {
        #expect(instance.studyUID == Made.study && instance.seriesUID == Made.series)
        #expect(instance.instanceUID == Made.instance && instance.sopClassUID == Made.secondaryCapture)
        #expect(instance.modality == "DR" && instance.accessionNumber == "A-17" && instance.patientID == "P-1")
        #expect(instance.patientName == DICOMText("Zhang^San=张^三"))
        let request = try #require(instance.dataset.items(DICOMTag(0x0040, 0x0275)).first)
        #expect(request.text(DICOMTag(0x0040, 0x1001)) == "RP-1")
        let codes = request.items(DICOMTag(0x0032, 0x1064))
        #expect(codes.map { $0.text(DICOMTag(0x0008, 0x0100)) } == ["CT1", "CT1"])
        #expect(instance.dataset.integer(.rows) == 2 && instance.frames == 1)
        #expect(instance.pixels?.native?.lengthBytes == 4)
        #expect(instance.dataset[.pixels] == nil, "pixels are not described")
        #expect(try instance.identity().frames == 1)
    }

    @Test("every form of elements is read", arguments: syntaxes)
    func forms(_ syntax: DICOMTransferSyntax) throws {
        let bytes = Made.file(syntax)
        let instance = try DICOMReader.read(bytes)
        try check(instance)
        #expect(instance.transferSyntax == syntax && instance.isSyntaxStated && instance.isFormAsStated)
        #expect(instance.sizeBytes == Int64(bytes.count))
        let place = try #require(instance.pixels?.native)
        #expect(
            Array(bytes[Int(place.offset)...].prefix(4))
                == (syntax == .explicitBig ? [85, 0, 255, 170] : [0, 85, 170, 255]))
    }

    @Test("a file fed byte by byte, or cut at any byte, says the same", arguments: syntaxes)
    func pieces(_ syntax: DICOMTransferSyntax) throws {
        let bytes = Made.file(syntax)
        var reader = DICOMReader()
        for byte in bytes { try reader.feed([byte]) }
        try check(try reader.finish())
        for cut in bytes.indices {
            var reader = DICOMReader()
            try reader.feed(bytes[..<cut])
            try reader.feed(bytes[cut...])
            try check(try reader.finish())
        }
    }

    @Test("every file that is cut off is refused by name", arguments: syntaxes)
    func truncated(_ syntax: DICOMTransferSyntax) {
        let bytes = Made.file(syntax)
        let head = Made.head(syntax).count
        for cut in bytes.indices {
            let expected: Failure.Code? = cut < 132 ? "dicom.notPart10" : "dicom.truncated"
            let code = Result { try DICOMReader.read(Array(bytes[..<cut])) }.code
            // Between two elements of the data set nobody can know that there was one more.
            if code != expected { #expect(code == nil && cut > head, "\(cut)") }
        }
    }

    @Test("sequences and items may say their length or end in a delimiter")
    func lengths() throws {
        let code = Made.raw(DICOMTag(0x0008, 0x0100), "SH", length: 4, Array("CT1 ".utf8))
        let forms = [
            Made.item(length: UInt32(code.count), code), Made.item(length: .max, code) + Made.itemEnd,
        ]
        for item in forms {
            let open = Made.raw(DICOMTag(0x0008, 0x1032), "SQ", length: .max) + item + item + Made.sequenceEnd
            let closed = Made.raw(DICOMTag(0x0008, 0x1032), "SQ", length: UInt32(item.count * 2)) + item + item
            for bytes in [open, closed] {
                let items = try DICOMReader.read(Made.file(raw: bytes)).dataset.items(DICOMTag(0x0008, 0x1032))
                #expect(items.map { $0.text(DICOMTag(0x0008, 0x0100)) } == ["CT1", "CT1"])
            }
        }
    }

    @Test("an unknown sequence without a length is read in implicit form")
    func unknownSequence() throws {
        let writer = DICOMWriter(.implicitLittle)
        let inner = writer.element(DICOMTag(0x0009, 0x1001), .lo, Array("x".utf8))
        let bytes =
            Made.raw(DICOMTag(0x0009, 0x1000), "UN", length: .max) + Made.item(length: UInt32(inner.count), inner)
            + Made.sequenceEnd + Made.raw(.modality, "CS", length: 2, Array("CT".utf8))
        let dataset = try DICOMReader.read(Made.file(raw: bytes)).dataset
        #expect(dataset.text(.modality) == "CT")
        #expect(dataset.items(DICOMTag(0x0009, 0x1000)).first?.text(DICOMTag(0x0009, 0x1001)) == "x")
    }

    @Test("a bare data set is read as a network brings it", arguments: syntaxes)
    func bare(_ syntax: DICOMTransferSyntax) throws {
        var reader = try DICOMReader(transferSyntax: syntax)
        try reader.feed(DICOMWriter(syntax).bytes(Made.dataset(Made.picture)))
        let instance = try reader.finish()
        try check(instance)
        #expect(instance.meta == nil)
    }

    @Test("the fragments of compressed pixel data and their table are listed")
    func fragments() throws {
        let data = Made.fragments(table: [0, 12], [[1, 2, 3, 4], [5, 6]])
        let behind = Made.raw(DICOMTag(0xFFFC, 0xFFFC), "OB", length: 2, [0, 0])
        let bytes = Made.file(raw: data + behind, .jpegBaseline)
        let layout = try #require(try DICOMReader.read(bytes).pixels)
        #expect(layout.native == nil && layout.offsetTable == [0, 12] && layout.areAllListed)
        let found = layout.fragments.map { Array(bytes[Int($0.offset)...].prefix(Int($0.lengthBytes))) }
        #expect(found == [[1, 2, 3, 4], [5, 6]])
    }

    @Test("a file that does not say its transfer syntax is read as what it looks like", arguments: syntaxes)
    func unstated(_ syntax: DICOMTransferSyntax) throws {
        let meta = Made.raw(DICOMTag(0x0002, 0x0002), "UI", length: 2, Array("1\0".utf8))
        let bytes = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8) + meta
        let instance = try DICOMReader.read(bytes + DICOMWriter(syntax).bytes(Made.dataset(Made.picture)))
        try check(instance)
        #expect(!instance.isSyntaxStated && instance.transferSyntax == syntax)
    }

    @Test("a data set that lacks the value representations which it promises is read without them")
    func implicitAfterAll() throws {
        let bytes = Made.head(.explicitLittle) + DICOMWriter(.implicitLittle).bytes(Made.dataset(Made.picture))
        let instance = try DICOMReader.read(bytes)
        try check(instance)
        #expect(!instance.isFormAsStated)
    }
}

extension Result where Failure == any Error {
    /// The code of its failure.
    var code: Effects.Failure.Code? {
        guard case .failure(let error) = self else { return nil }
        return (error as? Effects.Failure)?.code ?? "test.other"
    }
}
