import CZlib
import Effects
import Testing

@testable import DICOM

@Suite("Pictures")
struct DICOMPictureTests {
    /// What a PNG shows, decoded by its own rules.
    private static func pixels(_ png: [UInt8], lineBytes: Int, samples: Int) throws -> [UInt8] {
        try #require(png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        var packed: [UInt8] = []
        var rest = png.dropFirst(8)
        while rest.count >= 12 {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            let body = Array(rest.dropFirst(4).prefix(4 + length))
            let sum = rest.dropFirst(8 + length).prefix(4).reduce(0) { $0 << 8 | UInt($1) }
            #expect(crc32(0, body, UInt32(body.count)) == sum)
            if body.starts(with: "IDAT".utf8) { packed += body.dropFirst(4) }
            rest = rest.dropFirst(12 + length)
        }
        var room = UInt(1 << 20)
        let lines = [UInt8](unsafeUninitializedCapacity: Int(room)) { target, count in
            count = uncompress(target.baseAddress, &room, packed, UInt(packed.count)) == Z_OK ? Int(room) : 0
        }
        var pixels: [UInt8] = []
        for start in stride(from: 0, to: lines.count, by: lineBytes + 1) {
            #expect(lines[start] == 1)
            for index in 0..<lineBytes {
                pixels.append(lines[start + 1 + index] &+ (index < samples ? 0 : pixels[pixels.count - samples]))
            }
        }
        return pixels
    }

    private static func rendered(_ syntax: DICOMTransferSyntax, _ elements: [DICOMElement], frame: Int = 1) throws
        -> DICOMRendering
    {
        let bytes = Made.file(syntax, elements)
        let picture = try DICOMPicture(try DICOMReader.read(bytes))
        let data = try picture.extents(ofFrame: frame).flatMap { extent in
            bytes[Int(extent.offset)..<Int(extent.offset + extent.lengthBytes)]
        }
        return try picture.rendered(data)
    }

    private static func sixteen(_ values: [UInt16], _ more: [DICOMElement] = []) -> [DICOMElement] {
        [
            .shorts(.samplesPerPixel, 1), .text(.photometry, "MONOCHROME2"), .shorts(.rows, 2), .shorts(.columns, 2),
            .shorts(.bitsAllocated, 16), .shorts(.bitsStored, 12), .shorts(.highBit, 11),
            DICOMElement(.pixels, .ow, .bytes(values.flatMap(DICOMWriter(.explicitLittle).short))),
        ] + more
    }

    @Test(
        "shades without a window go from the least to the greatest",
        arguments: [DICOMTransferSyntax.explicitLittle, .implicitLittle, .explicitBig])
    func plain(_ syntax: DICOMTransferSyntax) throws {
        let picture = try Self.rendered(syntax, Made.picture)
        #expect(picture.mediaType == "image/png")
        #expect(try Self.pixels(picture.bytes, lineBytes: 2, samples: 1) == [0, 85, 170, 255])
        let deep = try Self.rendered(
            syntax, Self.sixteen([0xF000, 1000, 2000, 4000], [.shorts(.pixelRepresentation, 0)]))
        #expect(try Self.pixels(deep.bytes, lineBytes: 2, samples: 1) == [0, 64, 128, 255])
    }

    @Test("a window, a rescale and signed numbers count")
    func window() throws {
        let elements = Self.sixteen(
            [0x0F9C, 0, 100, 50],
            [
                .shorts(.pixelRepresentation, 1), .text(.windowCenter, "0", "1"), .text(.windowWidth, "401", "2"),
                .text(.rescaleSlope, "2"), .text(.rescaleIntercept, "0"),
            ])
        let pixels = try Self.pixels(Self.rendered(.explicitLittle, elements).bytes, lineBytes: 2, samples: 1)
        #expect(pixels == [0, 128, 255, 192])
        let inverse = elements.map { $0.tag == .photometry ? .text(.photometry, "MONOCHROME1") : $0 }
        let other = try Self.pixels(Self.rendered(.explicitLittle, inverse).bytes, lineBytes: 2, samples: 1)
        #expect(other == pixels.map { 255 - $0 })
    }

    @Test("colours come as they are, also plane by plane and as brightness with differences")
    func colours() throws {
        func elements(_ photometry: String, isPlanar: Bool, _ bytes: [UInt8]) -> [DICOMElement] {
            [
                .shorts(.samplesPerPixel, 3), .text(.photometry, photometry), .shorts(.rows, 1), .shorts(.columns, 2),
                .shorts(.bitsAllocated, 8), .shorts(.planarConfiguration, isPlanar ? 1 : 0),
                DICOMElement(.pixels, .ob, .bytes(bytes)),
            ]
        }
        let chunky = try Self.rendered(.explicitLittle, elements("RGB", isPlanar: false, [1, 2, 3, 4, 5, 6]))
        #expect(try Self.pixels(chunky.bytes, lineBytes: 6, samples: 3) == [1, 2, 3, 4, 5, 6])
        let planar = try Self.rendered(.explicitLittle, elements("RGB", isPlanar: true, [1, 4, 2, 5, 3, 6]))
        #expect(try Self.pixels(planar.bytes, lineBytes: 6, samples: 3) == [1, 2, 3, 4, 5, 6])
        let parts = try Self.rendered(
            .explicitLittle, elements("YBR_FULL", isPlanar: false, [128, 128, 128, 76, 85, 255]))
        #expect(try Self.pixels(parts.bytes, lineBytes: 6, samples: 3) == [128, 128, 128, 254, 0, 0])
    }

    @Test("frames are cut out by their number")
    func frames() throws {
        let elements =
            Made.picture.filter { $0.tag != .pixels && $0.tag != .rows } + [
                .text(.numberOfFrames, "2"), .shorts(.rows, 1), DICOMElement(.pixels, .ow, .bytes([0, 255, 255, 0])),
            ]
        let second = try Self.rendered(.explicitLittle, elements, frame: 2)
        #expect(try Self.pixels(second.bytes, lineBytes: 2, samples: 1) == [255, 0])
        for frame in [0, 3, -1, .max] {
            #expect(Result { try Self.rendered(.explicitLittle, elements, frame: frame) }.code == "dicom.noSuchFrame")
        }
        let short = elements.map { $0.tag == .numberOfFrames ? .text(.numberOfFrames, "3") : $0 }
        #expect(Result { try Self.rendered(.explicitLittle, short, frame: 3) }.code == "dicom.pixelsShort")
    }

    @Test("JPEG passes as it is, frame by frame, and what else is compressed is named")
    func compressed() throws {
        func picture(_ syntax: DICOMTransferSyntax, frames: Int, table: [UInt32], _ fragments: [[UInt8]]) throws
            -> (DICOMPicture, [UInt8])
        {
            let dataset = Made.dataset(
                Made.picture.filter { $0.tag != .pixels } + [.text(.numberOfFrames, "\(frames)")])
            let data = Made.fragments(table: table, fragments)
            let bytes = Made.head(syntax) + DICOMWriter(syntax).bytes(dataset) + data
            return (try DICOMPicture(try DICOMReader.read(bytes)), bytes)
        }
        func frame(_ number: Int, _ found: (DICOMPicture, [UInt8])) throws -> [UInt8] {
            try found.0.extents(ofFrame: number).flatMap { extent in
                found.1[Int(extent.offset)..<Int(extent.offset + extent.lengthBytes)]
            }
        }
        let parts: [[UInt8]] = [[1, 2], [3, 4], [5, 6]]
        #expect(try frame(1, picture(.jpegBaseline, frames: 1, table: [], parts)) == [1, 2, 3, 4, 5, 6])
        #expect(try frame(3, picture(.jpegBaseline, frames: 3, table: [], parts)) == [5, 6])
        let tabled = try picture(.jpegBaseline, frames: 2, table: [0, 20], parts)
        #expect(try frame(1, tabled) == [1, 2, 3, 4] && frame(2, tabled) == [5, 6])
        let shown = try tabled.0.rendered([0xFF, 0xD8])
        #expect(shown.mediaType == "image/jpeg" && shown.bytes == [0xFF, 0xD8])
        let lost = try picture(.jpegBaseline, frames: 2, table: [], parts)
        #expect(Result { try frame(1, lost) }.code == "dicom.framesUnknown")
        let wrong = try picture(.jpegBaseline, frames: 2, table: [0, 7], parts)
        #expect(Result { try frame(2, wrong) }.code == "dicom.framesUnknown")
        let other = try picture(.rle, frames: 1, table: [], parts)
        #expect(Result { try other.0.rendered([1, 2, 3, 4]) }.code == "dicom.notRenderable")
        #expect(
            Result { try DICOMPicture(try DICOMReader.read(Made.file(.explicitLittle, []))) }.code == "dicom.noPicture")
    }

    @Test("every picture of pydicom's files is drawn, passed on, or refused by name")
    func samples() throws {
        guard !Samples.areMissing() else { return }
        var drawn = 0
        for file in Samples.files where file.read?.rows != nil {
            let bytes = try file.bytes()
            guard bytes.count < 2 << 20, let instance = try? DICOMReader.read(bytes),
                instance.transferSyntax != .deflated
            else { continue }
            let result = Result {
                let picture = try DICOMPicture(instance)
                let data = try picture.extents(ofFrame: 1).flatMap { extent in
                    bytes[Int(extent.offset)..<Int(extent.offset + extent.lengthBytes)]
                }
                return try picture.rendered(data)
            }
            switch result {
            case .success(let shown):
                drawn += 1
                let isJPEG = shown.mediaType == "image/jpeg"
                #expect(shown.bytes.starts(with: isJPEG ? [0xFF, 0xD8] : [0x89, 0x50]), "\(file.name)")
            case .failure(let error):
                let code = (error as? Failure)?.code
                let known: [Failure.Code] = ["dicom.notRenderable", "dicom.noPicture", "dicom.badValue"]
                #expect(code.map(known.contains) == true, "\(file.name): \(error)")
            }
        }
        #expect(drawn > 50)
    }
}
