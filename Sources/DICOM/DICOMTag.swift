/// The name of an attribute: a group and an element, as PS3.6 lists them.
package struct DICOMTag: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package init(_ group: UInt16, _ element: UInt16) {
        rawValue = UInt32(group) << 16 | UInt32(element)
    }

    /// A tag as eight hexadecimal digits, as the JSON model writes it.
    package init?(hexadecimal text: some StringProtocol) {
        guard text.utf8.count == 8, text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16) else {
            return nil
        }
        rawValue = value
    }

    package var group: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 16) }
    package var element: UInt16 { UInt16(truncatingIfNeeded: rawValue) }

    /// Whether a manufacturer gives the attribute its meaning.
    package var isPrivate: Bool { !group.isMultiple(of: 2) }

    /// Whether it holds the length of its group, which says nothing about anybody.
    package var isGroupLength: Bool { element == 0 }

    /// Eight hexadecimal digits, as the JSON model writes it.
    package var hexadecimal: String { Self.digits(group) + Self.digits(element) }

    /// As the standard writes it: `(0008,0018)`.
    package var description: String { "(" + Self.digits(group) + "," + Self.digits(element) + ")" }

    package static func < (left: DICOMTag, right: DICOMTag) -> Bool { left.rawValue < right.rawValue }

    private static func digits(_ value: UInt16) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - text.count) + text
    }
}

extension DICOMTag {
    package static let metaLength = DICOMTag(0x0002, 0x0000)
    package static let mediaSOPClass = DICOMTag(0x0002, 0x0002)
    package static let mediaSOPInstance = DICOMTag(0x0002, 0x0003)
    package static let transferSyntax = DICOMTag(0x0002, 0x0010)
    package static let characterSet = DICOMTag(0x0008, 0x0005)
    package static let sopClass = DICOMTag(0x0008, 0x0016)
    package static let sopInstance = DICOMTag(0x0008, 0x0018)
    package static let studyDate = DICOMTag(0x0008, 0x0020)
    package static let studyTime = DICOMTag(0x0008, 0x0030)
    package static let accessionNumber = DICOMTag(0x0008, 0x0050)
    package static let retrieveLevel = DICOMTag(0x0008, 0x0052)
    package static let modality = DICOMTag(0x0008, 0x0060)
    package static let timezone = DICOMTag(0x0008, 0x0201)
    package static let patientName = DICOMTag(0x0010, 0x0010)
    package static let patientID = DICOMTag(0x0010, 0x0020)
    package static let patientIDIssuer = DICOMTag(0x0010, 0x0021)
    package static let patientBirthDate = DICOMTag(0x0010, 0x0030)
    package static let patientSex = DICOMTag(0x0010, 0x0040)
    package static let study = DICOMTag(0x0020, 0x000D)
    package static let series = DICOMTag(0x0020, 0x000E)
    package static let seriesNumber = DICOMTag(0x0020, 0x0011)
    package static let instanceNumber = DICOMTag(0x0020, 0x0013)
    package static let samplesPerPixel = DICOMTag(0x0028, 0x0002)
    package static let photometry = DICOMTag(0x0028, 0x0004)
    package static let planarConfiguration = DICOMTag(0x0028, 0x0006)
    package static let numberOfFrames = DICOMTag(0x0028, 0x0008)
    package static let rows = DICOMTag(0x0028, 0x0010)
    package static let columns = DICOMTag(0x0028, 0x0011)
    package static let bitsAllocated = DICOMTag(0x0028, 0x0100)
    package static let bitsStored = DICOMTag(0x0028, 0x0101)
    package static let highBit = DICOMTag(0x0028, 0x0102)
    package static let pixelRepresentation = DICOMTag(0x0028, 0x0103)
    package static let windowCenter = DICOMTag(0x0028, 0x1050)
    package static let windowWidth = DICOMTag(0x0028, 0x1051)
    package static let rescaleIntercept = DICOMTag(0x0028, 0x1052)
    package static let rescaleSlope = DICOMTag(0x0028, 0x1053)
    package static let windowFunction = DICOMTag(0x0028, 0x1056)
    package static let waveforms = DICOMTag(0x5400, 0x0100)
    package static let extendedOffsets = DICOMTag(0x7FE0, 0x0001)
    package static let extendedLengths = DICOMTag(0x7FE0, 0x0002)
    package static let floatPixels = DICOMTag(0x7FE0, 0x0008)
    package static let doublePixels = DICOMTag(0x7FE0, 0x0009)
    package static let pixels = DICOMTag(0x7FE0, 0x0010)
    package static let item = DICOMTag(0xFFFE, 0xE000)
    package static let itemEnd = DICOMTag(0xFFFE, 0xE00D)
    package static let sequenceEnd = DICOMTag(0xFFFE, 0xE0DD)
}
