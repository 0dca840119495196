import Effects

/// Where the pixel data of an instance lie.
///
/// Frames are cut out of the file by these places; nobody needs the whole of it in memory.
package struct DICOMPixelLayout: Sendable {
    package let tag: DICOMTag
    package let vr: DICOMVR
    /// The whole value, where it is not in fragments.
    package let native: DICOMExtent?
    /// The fragments of compressed pixel data, without the table before them.
    package private(set) var fragments: [DICOMExtent] = []
    /// Whether all of them are listed.
    package private(set) var areAllListed = true
    package private(set) var fragmentCount = 0
    /// Where frames begin, counted from the first fragment's item; empty where the file does not say.
    package private(set) var offsetTable: [UInt32] = []

    init(tag: DICOMTag, vr: DICOMVR, native: DICOMExtent?) {
        self.tag = tag
        self.vr = vr
        self.native = native
    }

    mutating func add(_ fragment: DICOMExtent) {
        fragmentCount += 1
        if fragments.count < Limits.dicomFragments { fragments.append(fragment) } else { areAllListed = false }
    }

    mutating func setOffsetTable(_ bytes: [UInt8]) {
        offsetTable = stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
            DICOMForm.explicit.long(bytes[start..<(start + 4)])
        }
    }
}
