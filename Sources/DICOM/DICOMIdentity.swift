import Effects

/// Which instance it is, of which series and study: what it is stored and found by.
package struct DICOMIdentity: Hashable, Sendable {
    package let studyUID: String
    package let seriesUID: String
    package let instanceUID: String
    package let sopClassUID: String
    /// How many pictures it holds; none where it holds no pixels.
    package let frames: Int
}

extension DICOMInstance {
    /// Which instance it is.
    ///
    /// - Throws: `dicom.uidMissing` and `dicom.uidInvalid` with the attribute as place, `dicom.badValue` where the
    ///   number of frames is none.
    package func identity() throws -> DICOMIdentity {
        DICOMIdentity(
            studyUID: try uid(.study), seriesUID: try uid(.series), instanceUID: try uid(.sopInstance),
            sopClassUID: try uid(.sopClass), frames: try checkedFrames())
    }

    /// Whether the file's head speaks of another instance than its data set, which counts.
    ///
    /// Archives write heads anew and sometimes forget it; the files are whole all the same.
    package var isHeadOfAnother: Bool {
        guard let named = meta?.text(.mediaSOPInstance) else { return false }
        return named != instanceUID
    }

    private func uid(_ tag: DICOMTag) throws -> String {
        guard let text = dataset.text(tag) else {
            throw Failure(
                "dicom.uidMissing", "the instance lacks a UID without which nobody can find it", place: "\(tag)")
        }
        guard DICOMUID.isOne(text) else {
            throw Failure("dicom.uidInvalid", "a UID has another form than it may have", place: "\(tag)")
        }
        return text
    }

    /// - Throws: `dicom.badValue` where the number of frames is none.
    func checkedFrames() throws -> Int {
        guard let element = dataset[.numberOfFrames] else { return frames }
        if case .bytes(let bytes) = element.value, bytes.allSatisfy({ $0 == 0x20 }) { return frames }
        guard let number = dataset.integer(.numberOfFrames), (1...Limits.dicomFrames).contains(number) else {
            throw Failure(
                "dicom.badValue", "an attribute that is needed has no value that can be used",
                place: "\(DICOMTag.numberOfFrames)")
        }
        return number
    }
}

/// The form of unique identifiers (PS3.5, section 9).
package enum DICOMUID {
    /// Numbers with dots between them, 64 characters at most.
    ///
    /// A number that begins with a zero is against the rule and does not make two instances one; it is let through.
    package static func isOne(_ text: String) -> Bool {
        guard (1...Limits.dicomUIDBytes).contains(text.utf8.count) else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
    }
}
