import Effects
import Foundation
import Testing

@testable import DICOM

/// The files that pydicom has for its own tests, with what pydicom reads in them.
///
/// `Scripts/dicom-samples` writes the list; `YILIAN_DICOM_SAMPLES` names it.
enum Samples {
    struct File: Decodable, Sendable, CustomTestStringConvertible {
        var path: String
        var name: String
        var read: Read?
        var testDescription: String { name }

        func bytes() throws -> [UInt8] { try SystemDisk().read(path, limitBytes: 64 << 20) }
    }

    struct Read: Decodable, Sendable {
        var transferSyntax: String?
        var tags: [String]
        var study: String?
        var series: String?
        var instance: String?
        var sopClass: String?
        var modality: String?
        var accessionNumber: String?
        var patientID: String?
        var patientName: String?
        var frames: String?
        var rows: String?
    }

    static let files: [File] = {
        guard let list = ProcessInfo.processInfo.environment["YILIAN_DICOM_SAMPLES"], !list.isEmpty,
            let data = try? SystemDisk().read(list, limitBytes: 64 << 20)
        else { return [] }
        return (try? JSONDecoder().decode([File].self, from: Data(data))) ?? []
    }()

    /// Says loudly, once per test that needs them, that the files are not there.
    static func areMissing(_ test: String = #function) -> Bool {
        guard files.isEmpty else { return false }
        print("*** YILIAN_DICOM_SAMPLES NAMES NO LIST: \(test) looks at this project's own files only ***")
        return true
    }
}
