import Effects
import Testing

@testable import DICOM

/// Files that are made here, small enough to be read at a glance.
enum Made {
    static let study = "1.2.826.0.1.3680043.8.498.1"
    static let series = "1.2.826.0.1.3680043.8.498.2"
    static let instance = "1.2.826.0.1.3680043.8.498.3"
    static let secondaryCapture = "1.2.840.10008.5.1.4.1.1.7"

    /// A data set of one patient, with a sequence in a sequence.
    static func dataset(_ more: [DICOMElement] = [], characterSet: DICOMCharacterSet = .gb18030) -> DICOMDataset {
        let code = DICOMDataset([.text(DICOMTag(0x0008, 0x0100), "CT1")], characterSet: characterSet)
        let request = DICOMDataset(
            [
                .text(DICOMTag(0x0040, 0x1001), "RP-1"), .sequence(DICOMTag(0x0032, 0x1064), [code, code]),
            ], characterSet: characterSet)
        return DICOMDataset(
            [
                .text(.characterSet, characterSet.terms.joined(separator: "\\")), .text(.sopClass, secondaryCapture),
                .text(.sopInstance, instance), .text(.accessionNumber, "A-17"), .text(.modality, "DR"),
                .text(.patientName, "Zhang^San=张^三", in: characterSet), .text(.patientID, "P-1"),
                .text(.study, study), .text(.series, series), .sequence(DICOMTag(0x0040, 0x0275), [request]),
            ] + more, characterSet: characterSet)
    }

    static func head(_ syntax: DICOMTransferSyntax) -> [UInt8] {
        DICOMWriter.fileHead(sopClassUID: secondaryCapture, sopInstanceUID: instance, transferSyntax: syntax)
    }

    /// Eight bits, two rows of two pixels.
    static let picture: [DICOMElement] = [
        .shorts(.samplesPerPixel, 1), .text(.photometry, "MONOCHROME2"), .shorts(.rows, 2), .shorts(.columns, 2),
        .shorts(.bitsAllocated, 8), .shorts(.bitsStored, 8), .shorts(.highBit, 7), .shorts(.pixelRepresentation, 0),
        DICOMElement(.pixels, .ow, .bytes([0, 85, 170, 255])),
    ]

    static func file(
        _ syntax: DICOMTransferSyntax = .explicitLittle, _ more: [DICOMElement] = Made.picture
    ) -> [UInt8] {
        head(syntax) + DICOMWriter(syntax).bytes(dataset(more))
    }

    /// An element in explicit form, with what its header says of the length.
    static func raw(_ tag: DICOMTag, _ vr: String, length: UInt32, _ value: [UInt8] = []) -> [UInt8] {
        let writer = DICOMWriter(.explicitLittle)
        let isLong = DICOMVR(rawValue: vr)?.hasLongLength == true
        let count = isLong ? [0, 0] + writer.long(length) : writer.short(UInt16(truncatingIfNeeded: length))
        return writer.tag(tag) + Array(vr.utf8) + count + value
    }

    static func item(_ tag: DICOMTag = .item, length: UInt32, _ value: [UInt8] = []) -> [UInt8] {
        let writer = DICOMWriter(.explicitLittle)
        return writer.tag(tag) + writer.long(length) + value
    }

    static let sequenceEnd = item(.sequenceEnd, length: 0)
    static let itemEnd = item(.itemEnd, length: 0)

    /// A file whose data set is these bytes.
    static func file(raw bytes: [UInt8], _ syntax: DICOMTransferSyntax = .explicitLittle) -> [UInt8] {
        head(syntax) + bytes
    }

    /// The pixel data of a compressed file: a table and fragments.
    static func fragments(table: [UInt32] = [], _ fragments: [[UInt8]]) -> [UInt8] {
        let writer = DICOMWriter(.explicitLittle)
        let offsets = table.flatMap(writer.long)
        return raw(.pixels, "OB", length: .max) + item(length: UInt32(offsets.count), offsets)
            + fragments.flatMap { item(length: UInt32($0.count), $0) } + sequenceEnd
    }
}
