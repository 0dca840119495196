import Effects

/// How the pixels of an instance are to be shown (PS3.3, C.7.6.3 and C.11).
package struct DICOMPicture: Sendable {
    package let rows: Int
    package let columns: Int
    package let samples: Int
    package let photometry: String
    package let frames: Int
    let bitsAllocated: Int
    let bitsStored: Int
    let highBit: Int
    let isSigned: Bool
    let isPlanar: Bool
    let isBigEndian: Bool
    let slope: Double
    let intercept: Double
    /// Centre and width of the window that the instance names first.
    let window: (center: Double, width: Double)?
    let isExact: Bool
    private let layout: DICOMPixelLayout
    private let transferSyntax: DICOMTransferSyntax
    private let extended: [DICOMExtent]

    /// - Throws: `dicom.noPicture` where the instance holds none, `dicom.badValue` where it cannot be described.
    package init(_ instance: DICOMInstance) throws {
        guard let layout = instance.pixels, layout.tag == .pixels else {
            throw Failure("dicom.noPicture", "the instance holds no picture")
        }
        let dataset = instance.dataset
        func number(_ tag: DICOMTag, _ range: ClosedRange<Int>, or missing: Int? = nil) throws -> Int {
            guard let value = dataset.integer(tag) ?? missing, range.contains(value) else {
                throw Failure(
                    "dicom.badValue", "an attribute that is needed has no value that can be used", place: "\(tag)")
            }
            return value
        }
        self.layout = layout
        transferSyntax = instance.transferSyntax
        rows = try number(.rows, 1...0xFFFF)
        columns = try number(.columns, 1...0xFFFF)
        samples = try number(.samplesPerPixel, 1...4, or: 1)
        bitsAllocated = try number(.bitsAllocated, 1...64)
        bitsStored = try number(.bitsStored, 1...bitsAllocated, or: bitsAllocated)
        highBit = try number(.highBit, (bitsStored - 1)...(bitsAllocated - 1), or: bitsStored - 1)
        isSigned = try number(.pixelRepresentation, 0...1, or: 0) == 1
        isPlanar = try number(.planarConfiguration, 0...1, or: 0) == 1
        frames = try instance.checkedFrames()
        photometry = dataset.text(.photometry) ?? ""
        isBigEndian = instance.transferSyntax == .explicitBig
        slope = dataset.number(.rescaleSlope) ?? 1
        intercept = dataset.number(.rescaleIntercept) ?? 0
        let (center, width) = (dataset.number(.windowCenter), dataset.number(.windowWidth))
        window = center.flatMap { center in width.flatMap { $0 > 0 ? (center, $0) : nil } }
        isExact = dataset.text(.windowFunction) == "LINEAR_EXACT"
        extended = Self.extended(dataset, layout)
    }

    private static func extended(_ dataset: DICOMDataset, _ layout: DICOMPixelLayout) -> [DICOMExtent] {
        guard let offsets = dataset.bytes(.extendedOffsets), let lengths = dataset.bytes(.extendedLengths),
            offsets.count == lengths.count, let first = layout.fragments.first
        else { return [] }
        let starts = Set(layout.fragments.map(\.offset))
        let extents = stride(from: 0, to: offsets.count - offsets.count % 8, by: 8).map { start in
            let offset = Int64(clamping: dataset.form.number(offsets[start..<(start + 8)]))
            let length = Int64(clamping: dataset.form.number(lengths[start..<(start + 8)]))
            return DICOMExtent(offset: first.offset.addingSaturated(offset), lengthBytes: length)
        }
        // A table that leads elsewhere than to fragments is none.
        return extents.allSatisfy { starts.contains($0.offset) } ? extents : []
    }

    /// The bytes of one uncompressed frame.
    package var frameBytes: Int {
        // Two pixels share what says their colour.
        let parts = photometry == "YBR_FULL_422" ? 2 : samples
        return (rows * columns * parts * bitsAllocated + 7) / 8
    }

    /// Where a frame lies in the file, in one piece or in several that belong together.
    ///
    /// - Parameter number: from 1, as DICOMweb counts.
    /// - Throws: `dicom.noSuchFrame`, or `dicom.framesUnknown` where the file does not say where frames begin.
    package func extents(ofFrame number: Int) throws -> [DICOMExtent] {
        guard (1...max(frames, 1)).contains(number) else {
            throw Failure("dicom.noSuchFrame", "the instance has no frame of that number")
        }
        if let native = layout.native { return [try nativeExtent(number, native)] }
        guard layout.areAllListed, !layout.fragments.isEmpty else { throw Self.framesUnknown }
        if frames <= 1 { return layout.fragments }
        if extended.count == frames {
            let frame = extended[number - 1]
            guard let fragment = layout.fragments.first(where: { $0.offset == frame.offset }),
                frame.lengthBytes <= fragment.lengthBytes, frame.lengthBytes >= 0
            else { throw Self.framesUnknown }
            return [frame]
        }
        if layout.fragments.count == frames { return [layout.fragments[number - 1]] }
        guard layout.offsetTable.count == frames, let first = layout.fragments.first else { throw Self.framesUnknown }
        // The table counts from the first fragment's item, eight bytes before what it holds.
        let start = first.offset + Int64(layout.offsetTable[number - 1])
        let end = number < frames ? first.offset + Int64(layout.offsetTable[number]) : .max
        let found = layout.fragments.filter { $0.offset >= start && $0.offset < end }
        guard found.first?.offset == start else { throw Self.framesUnknown }
        return found
    }

    private static var framesUnknown: Failure {
        Failure("dicom.framesUnknown", "the file does not say where its frames begin")
    }

    private func nativeExtent(_ number: Int, _ native: DICOMExtent) throws -> DICOMExtent {
        guard bitsAllocated.isMultiple(of: 8) else { throw notRenderable }
        let start = Int64(number - 1) * Int64(frameBytes)
        guard start + Int64(frameBytes) <= native.lengthBytes else {
            throw Failure("dicom.pixelsShort", "the pixel data are shorter than the pictures that they hold")
        }
        return DICOMExtent(offset: native.offset + start, lengthBytes: Int64(frameBytes))
    }

    /// A frame as a browser shows it.
    ///
    /// - Parameter bytes: what lies at its extents.
    /// - Throws: `dicom.notRenderable` for what is neither uncompressed nor JPEG baseline (HTTP: 406).
    package func rendered(_ bytes: [UInt8]) throws -> DICOMRendering {
        if transferSyntax == .jpegBaseline {
            return DICOMRendering(mediaType: "image/jpeg", bytes: bytes)
        }
        guard transferSyntax.isUncompressed, bitsAllocated == 8 || bitsAllocated == 16 else { throw notRenderable }
        guard rows * columns <= Limits.dicomPicturePixels else {
            throw Failure("dicom.pictureTooLarge", "a picture has more pixels than are drawn")
        }
        guard bytes.count == frameBytes else {
            throw Failure("dicom.pixelsShort", "the pixel data are shorter than the pictures that they hold")
        }
        let plain = isBigEndian && bitsAllocated == 8 && layout.vr == .ow ? Self.swapped(bytes) : bytes
        switch (photometry, samples) {
        case ("MONOCHROME1", 1), ("MONOCHROME2", 1):
            return DICOMRendering(
                mediaType: "image/png",
                bytes: try PNGWriter.bytes(gray(plain), columns: columns, rows: rows, samples: 1))
        case ("RGB", 3), ("YBR_FULL", 3):
            guard bitsAllocated == 8 else { throw notRenderable }
            return DICOMRendering(
                mediaType: "image/png",
                bytes: try PNGWriter.bytes(colours(plain), columns: columns, rows: rows, samples: 3))
        default: throw notRenderable
        }
    }

    private var notRenderable: Failure {
        Failure("dicom.notRenderable", "the picture is of a form that is not drawn here")
    }

    /// Numbers of 16 bits that hold two pixels each, in the other order.
    private static func swapped(_ bytes: [UInt8]) -> [UInt8] {
        stride(from: 0, to: bytes.count - 1, by: 2).flatMap { [bytes[$0 + 1], bytes[$0]] }
            + bytes.suffix(bytes.count % 2)
    }
}

/// A picture for a browser.
package struct DICOMRendering: Sendable {
    package var mediaType: String
    package var bytes: [UInt8]
}
