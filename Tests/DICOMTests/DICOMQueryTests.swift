import Effects
import Foundation
import Testing

@testable import DICOM

@Suite("Queries")
struct DICOMQueryTests {
    private static let step = DICOMTag(0x0040, 0x0100)
    private static let start = DICOMTag(0x0040, 0x0002)

    private static let entry = DICOMDataset(
        [
            .text(.patientName, "Zhang^San=张^三"), .text(.patientID, "P-1"), .text(.study, Made.study),
            .text(.studyDate, "20261201"), .text(.studyTime, "081530.25"), .text(.accessionNumber, "A-17"),
            .sequence(
                step,
                [
                    DICOMDataset([.text(.modality, "CT"), .text(start, "20261201")]),
                    DICOMDataset([.text(.modality, "DR"), .text(start, "20261203")]),
                ]),
        ])

    private static let answers: [(DICOMTag, String, Bool)] = [
        (.patientID, "P-1", true), (.patientID, "P-2", false), (.patientID, "", true), (.patientID, "*", true),
        (.patientID, "P?1", true), (.patientID, "p-1", false), (.patientID, "*-*1", true), (.patientID, "?", false),
        (.patientName, "zhang^san", true), (.patientName, "ZHANG*", true), (.patientName, "张*", true),
        (.patientName, "张^三", true), (.patientName, "李*", false), (.patientName, "Zhang^San^^", true),
        (.study, "1.2\\" + Made.study, true), (.study, "1.2", false), (.study, "*", true),
        (.studyDate, "20261201", true), (.studyDate, "20261101-20261231", true), (.studyDate, "-20261201", true),
        (.studyDate, "20261202-", false), (.studyDate, "2026.12.01", true), (.studyDate, "20261202", false),
        (.studyTime, "08", true), (.studyTime, "0800-0815", true), (.studyTime, "0816-", false),
        (.studyTime, "-081529", false), (.studyTime, "08:15:30", true), (.series, "1.2.3", false),
        (.modality, "", true),
    ]

    @Test("one key is compared as its representation says", arguments: answers)
    func keys(_ tag: DICOMTag, _ value: String, _ isMatch: Bool) throws {
        let query = try DICOMQuery(identifier: DICOMDataset([.text(tag, value)]))
        #expect(query.matches(Self.entry) == isMatch, "\(tag) \(value)")
    }

    @Test("a sequence matches by one of its items, and the answer has what was asked for")
    func sequences() throws {
        func query(_ modality: String, _ date: String) throws -> DICOMQuery {
            let item = DICOMDataset([.text(.modality, modality), .text(Self.start, date)])
            let keys: [DICOMElement] = [.text(.patientName), .text(.patientSex), .sequence(Self.step, [item])]
            return try DICOMQuery(identifier: DICOMDataset(keys))
        }
        #expect(try query("CT", "20261201").matches(Self.entry))
        #expect(try !query("CT", "20261203").matches(Self.entry), "no one item is both")
        #expect(try query("", "").matches(DICOMDataset()), "nothing is asked for")
        let answer = try query("DR", "").answer(from: Self.entry)
        #expect(answer.elements.map(\.tag) == [.characterSet, .patientName, .patientSex, Self.step])
        #expect(answer.bytes(.patientSex)?.isEmpty == true)
        #expect(answer.items(Self.step).map { $0.text(.modality) } == ["DR"])
        let written = DICOMWriter(.implicitLittle).bytes(answer)
        var reader = try DICOMReader(transferSyntax: .implicitLittle)
        try reader.feed(written)
        #expect(try reader.finish().dataset.text(.patientName) == "Zhang^San=张^三")
    }

    @Test("the parameters of QIDO-RS say the same")
    func parameters() throws {
        let query = try DICOMQuery(parameters: [
            ("PatientID", "P-1"), ("0020000D", "1.2," + Made.study), ("ScheduledProcedureStepSequence.Modality", "CT"),
            ("00400100.00400002", "20261201-"),
        ])
        #expect(query.matches(Self.entry))
        #expect(query.tags == [.patientID, .study, Self.step])
        #expect(try !DICOMQuery(parameters: [("PatientID", "P-2")]).matches(Self.entry))
        for (name, value) in [
            ("Nonsense", "1"), ("", ""), ("StudyDate", "yesterday"), ("PatientID.Modality", "CT"), ("StudyDate", "-"),
            (Array(repeating: "00400100", count: 9).joined(separator: "."), "1"),
        ] {
            #expect(Result { try DICOMQuery(parameters: [(name, value)]) }.code == "dicom.badQuery", "\(name)")
        }
    }

    @Test("a pattern of stars takes no time to speak of")
    func stars() {
        let value = Array(String(repeating: "a", count: 2_000).unicodeScalars)
        let pattern = Array((String(repeating: "*a", count: 500) + "b").unicodeScalars)
        #expect(!DICOMMatch.matches(value, pattern))
    }
}

@Suite("The JSON model of DICOM")
struct DICOMJSONTests {
    @Test("every representation has its form")
    func forms() throws {
        let item = DICOMDataset([.text(.modality, "CT")])
        let dataset = DICOMDataset([
            .text(.characterSet, "GB18030"), .text(.patientName, "Zhang^San=张^三"), .text(.patientID, "a\"\\b\u{1}"),
            .text(.windowCenter, "40", "400.50", " -1e2", "x"), .text(.numberOfFrames, "3"), .text(.study),
            .shorts(.rows, 2, 65_535), .sequence(DICOMTag(0x0040, 0x0100), [item, DICOMDataset()]),
            DICOMElement(DICOMTag(0x0009, 0x1001), .un, .bytes([0, 255, 1, 2])),
            DICOMElement(DICOMTag(0x0028, 0x0009), .at, .bytes([0x18, 0, 0x63, 0x10])),
            DICOMElement(DICOMTag(0x0018, 0x9073), .fd, .bytes([0, 0, 0, 0, 0, 0, 0xF8, 0x7F])),
            DICOMElement(.pixels, .ow, .skipped(DICOMExtent(offset: 9, lengthBytes: 7))),
        ])
        let text = DICOMJSON { tag, extent in "bulk/\(tag.hexadecimal)/\(extent.offset)" }.text([dataset])
        let list = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: [String: Any]]]
        let object = try #require(list?.first)
        func values(_ tag: String) -> [AnyHashable]? { object[tag]?["Value"] as? [AnyHashable] }
        #expect(values("00080005") == ["ISO_IR 192"])
        #expect(
            object["00100010"]?["Value"] as? [[String: String]] == [["Alphabetic": "Zhang^San", "Ideographic": "张^三"]])
        #expect(values("00100020") == ["a\"", "b\u{1}"], "a backslash parts values")
        #expect(values("00281050") == [40, 400.5, -100, "x"])
        #expect(values("00280008") == [3] && values("00280010") == [2, 65_535])
        #expect(object["0020000D"] as? [String: String] == ["vr": "UI"])
        #expect(object["00091001"] as? [String: String] == ["vr": "UN", "InlineBinary": "AP8BAg=="])
        #expect(values("00280009") == ["00181063"] && values("00189073") == ["NaN"])
        #expect(object["7FE00010"] as? [String: String] == ["vr": "OW", "BulkDataURI": "bulk/7FE00010/9"])
        let items = object["00400100"]?["Value"] as? [[String: [String: Any]]]
        #expect(items?.count == 2 && items?.first?["00080060"]?["Value"] as? [String] == ["CT"])
        #expect(!DICOMJSON().text([dataset]).contains("7FE00010"))
    }

    @Test("the metadata of every file of pydicom's is JSON")
    func samples() throws {
        guard !Samples.areMissing() else { return }
        for file in Samples.files where file.read != nil {
            guard let instance = try? DICOMReader.read(try file.bytes()) else { continue }
            let text = DICOMJSON().text([instance.dataset])
            let list = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
            #expect(list?.count == 1, "\(file.name)")
        }
    }
}
