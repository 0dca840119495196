import Effects
import Testing

@testable import DICOM

@Suite("Files of pydicom's")
struct SampleTests {
    /// What pydicom reads in spite of a break of form, and what is said of it here.
    private static let refused: [String: Failure.Code] = [
        "test_files/MR_truncated.dcm": "dicom.truncated",
        "test_files/rtplan_truncated.dcm": "dicom.truncated",
        "test_files/dicomdirtests/DICOMDIR-nooffset": "dicom.overrun",
        "data/emri_small_jpeg_2k_lossless_too_short.dcm": "dicom.truncated",
    ]

    @Test("every file that pydicom reads is read, and says the same of itself")
    func all() throws {
        guard !Samples.areMissing() else { return }
        #expect(Samples.files.count > 200)
        for file in Samples.files {
            let result = Result { try DICOMReader.read(try file.bytes()) }
            switch (result, file.read) {
            case (.success(let instance), let read?): check(instance, read, file.name)
            case (.success, nil): Issue.record("\(file.name) is read, and pydicom refuses it")
            case (.failure(let error), let read):
                let code = read == nil ? "dicom.notPart10" : Self.refused[file.name]
                #expect((error as? Failure)?.code == code, "\(file.name): \(error)")
            }
        }
    }

    private func check(_ instance: DICOMInstance, _ read: Samples.Read, _ name: String) {
        #expect(Self.refused[name] == nil, "\(name) is read")
        #expect((instance.isSyntaxStated ? instance.transferSyntax.uid : nil) == read.transferSyntax, "\(name)")
        #expect(instance.dataset.elements.map(\.tag.hexadecimal) == read.tags, "\(name)")
        #expect(instance.studyUID == read.study, "\(name)")
        #expect(instance.seriesUID == read.series, "\(name)")
        #expect(instance.instanceUID == read.instance, "\(name)")
        #expect(instance.sopClassUID == read.sopClass, "\(name)")
        #expect(instance.modality == read.modality, "\(name)")
        #expect(instance.accessionNumber == read.accessionNumber, "\(name)")
        #expect(instance.patientID == read.patientID, "\(name)")
        #expect(Self.withoutEmptyEnd(instance.patientName?.text) == read.patientName, "\(name)")
        let frames = instance.dataset.integer(.numberOfFrames).map(String.init)
        #expect(frames == (name == Self.badFrames ? nil : read.frames), "\(name)")
        #expect(instance.dataset.integer(.rows).map(String.init) == read.rows, "\(name)")
    }

    /// A number of frames that is no number.
    private static let badFrames = "test_files/badVR.dcm"

    @Test("an instance that cannot be stored says by name why not")
    func identities() throws {
        guard !Samples.areMissing() else { return }
        var whole = 0
        for file in Samples.files where file.read != nil && Self.refused[file.name] == nil {
            let instance = try DICOMReader.read(try file.bytes())
            do {
                let identity = try instance.identity()
                #expect(identity.studyUID == file.read?.study && identity.instanceUID == file.read?.instance)
                whole += 1
            } catch let failure as Failure {
                let code: Failure.Code =
                    file.name == Self.badFrames
                    ? "dicom.badValue" : file.read?.study == nil ? "dicom.uidMissing" : "dicom.uidInvalid"
                #expect(failure.code == code && failure.place != nil, "\(file.name): \(failure)")
            }
        }
        #expect(whole > 210)
    }

    /// A name without the groups that are empty at its end, which pydicom leaves out.
    private static func withoutEmptyEnd(_ name: String?) -> String? {
        guard var name else { return nil }
        while name.hasSuffix("=") { name.removeLast() }
        return name
    }
}
