import Effects
import Foundation

/// The files that pydicom has for its own tests; `Scripts/dicom-samples` writes the list, `YILIAN_DICOM_SAMPLES` names it.
enum Samples {
    struct File: Decodable, Sendable {
        var path: String
        var name: String
        /// What pydicom reads in it; none where it refuses it.
        var read: Read?

        func bytes() throws -> [UInt8] { try SystemDisk().read(path, limitBytes: 64 << 20) }
    }

    struct Read: Decodable, Sendable {
        var study: String?
        var instance: String?
        var patientID: String?
    }

    static let files: [File] = {
        guard let list = ProcessInfo.processInfo.environment["YILIAN_DICOM_SAMPLES"], !list.isEmpty,
            let data = try? SystemDisk().read(list, limitBytes: 64 << 20)
        else { return [] }
        return (try? JSONDecoder().decode([File].self, from: Data(data))) ?? []
    }()

    /// Says loudly that the files are not there.
    static func areMissing() -> Bool {
        guard files.isEmpty else { return false }
        print("*** YILIAN_DICOM_SAMPLES NAMES NO LIST: nobody else's images were stored ***")
        return true
    }
}
