/// How a data set is written, named by a UID (PS3.5, section 10 and annex A).
package struct DICOMTransferSyntax: Hashable, Sendable {
    package let uid: String

    package init(uid: String) {
        self.uid = uid
    }

    package static let implicitLittle = DICOMTransferSyntax(uid: "1.2.840.10008.1.2")
    package static let explicitLittle = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.1")
    package static let deflated = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.1.99")
    package static let explicitBig = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.2")
    package static let jpegBaseline = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.4.50")
    package static let jpegExtended = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.4.51")
    package static let jpegLossless = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.4.57")
    package static let jpegLosslessFirstOrder = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.4.70")
    package static let jpegLSLossless = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.4.80")
    package static let jpegLSNearLossless = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.4.81")
    package static let jpeg2000Lossless = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.4.90")
    package static let jpeg2000 = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.4.91")
    package static let rle = DICOMTransferSyntax(uid: "1.2.840.10008.1.2.5")

    /// Those that this program reads and keeps; a peer may send in any of them.
    package static let known: [DICOMTransferSyntax] = [
        .explicitLittle, .implicitLittle, .deflated, .explicitBig, .jpegBaseline, .jpegExtended, .jpegLossless,
        .jpegLosslessFirstOrder, .jpegLSLossless, .jpegLSNearLossless, .jpeg2000Lossless, .jpeg2000, .rle,
    ]

    /// Whether the pixel data are one value of numbers, without any compression of their own.
    package var isUncompressed: Bool {
        [.implicitLittle, .explicitLittle, .deflated, .explicitBig].contains(self)
    }

    /// The order of bytes and the form of elements; whatever is not known is written as explicit, little endian, which the
    /// standard asks of every compressed one.
    var form: DICOMForm {
        switch self {
        case .implicitLittle: .implicit
        case .explicitBig: .big
        default: .explicit
        }
    }
}

/// How elements are written: with their value representation or without, and in which order of bytes.
struct DICOMForm: Hashable, Sendable {
    var isExplicit: Bool
    var isBigEndian: Bool

    static let implicit = DICOMForm(isExplicit: false, isBigEndian: false)
    static let explicit = DICOMForm(isExplicit: true, isBigEndian: false)
    static let big = DICOMForm(isExplicit: true, isBigEndian: true)

    /// The form that the first eight bytes of a data set have, for a file that does not say.
    static func guessed(_ bytes: [UInt8]) -> DICOMForm {
        guard bytes.count >= 6, DICOMVR(bytes[4], bytes[5]) != nil else { return .implicit }
        // The first group of a data set is a small number.
        return bytes[0] == 0 && bytes[1] != 0 ? .big : .explicit
    }

    func short(_ bytes: some Collection<UInt8>) -> UInt16 {
        UInt16(truncatingIfNeeded: number(bytes.prefix(2)))
    }

    func long(_ bytes: some Collection<UInt8>) -> UInt32 {
        UInt32(truncatingIfNeeded: number(bytes.prefix(4)))
    }

    /// Up to eight bytes as a number.
    func number(_ bytes: some Collection<UInt8>) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        for byte in bytes.prefix(8) {
            if isBigEndian {
                value = value << 8 | UInt64(byte)
            } else {
                value |= UInt64(byte) << shift
                shift += 8
            }
        }
        return value
    }

    func tag(_ bytes: ArraySlice<UInt8>) -> DICOMTag {
        DICOMTag(short(bytes), short(bytes.dropFirst(2)))
    }
}
