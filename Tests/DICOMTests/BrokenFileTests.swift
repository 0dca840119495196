import Effects
import Foundation
import Testing

@testable import DICOM

@Suite("DICOM files that are broken, or meant to break something")
struct BrokenFileTests {
    private static let procedure = DICOMTag(0x0008, 0x1032)

    private struct Case: Sendable, CustomTestStringConvertible {
        var code: Failure.Code
        var bytes: [UInt8]
        var testDescription: String { "\(code): \(bytes.count) bytes" }

        init(_ code: Failure.Code, _ bytes: [UInt8]) {
            self.code = code
            self.bytes = bytes
        }
    }

    private static let open = Made.raw(procedure, "SQ", length: .max)
    private static let name = Made.raw(.patientName, "PN", length: 2, Array("AB".utf8))

    private static let cases: [Case] = [
        Case("dicom.unknownVR", name + Made.raw(.patientID, "ZZ", length: 2, [65, 65])),
        Case("dicom.unknownVR", name + Made.raw(.patientID, "1A", length: 2, [65, 65])),
        Case("dicom.overrun", open + Made.item(length: 8, Made.raw(.modality, "CS", length: 2, [65, 65]))),
        Case("dicom.overrun", Made.raw(procedure, "SQ", length: 8) + Made.item(length: 4, [0, 0, 0, 0])),
        Case("dicom.truncated", Made.raw(procedure, "SQ", length: 4_000_000_000)),
        Case("dicom.truncated", open),
        Case("dicom.truncated", open + Made.item(length: .max)),
        Case("dicom.itemExpected", open + Made.raw(.modality, "CS", length: 2, [65, 65])),
        Case("dicom.itemExpected", Made.raw(.pixels, "OB", length: .max) + name),
        Case("dicom.strayDelimiter", name + Made.itemEnd),
        Case("dicom.strayDelimiter", name + Made.sequenceEnd),
        Case("dicom.strayDelimiter", name + Made.item(length: 0)),
        Case("dicom.strayDelimiter", open + Made.item(length: .max) + Made.sequenceEnd),
        Case("dicom.strayDelimiter", open + Made.item(.sequenceEnd, length: 2, [0, 0])),
        Case("dicom.strayDelimiter", Made.raw(procedure, "SQ", length: 8) + Made.sequenceEnd),
        Case("dicom.undefinedLength", Made.raw(DICOMTag(0x0040, 0xA160), "UT", length: .max)),
        Case("dicom.undefinedLength", Made.raw(.pixels, "OB", length: .max) + Made.item(length: .max)),
        Case("dicom.repeatedElement", name + Made.raw(.patientName, "PN", length: 2, Array("AC".utf8))),
        Case("dicom.repeatedElement", name + Made.raw(.modality, "CS", length: 2, [65, 65]) + name),
        Case("dicom.outOfOrder", Made.raw(.pixels, "OB", length: 2, [0, 0]) + name),
        Case("dicom.forbiddenGroup", name + [UInt8](repeating: 0, count: 8)),
        Case("dicom.forbiddenGroup", name + Made.raw(.transferSyntax, "UI", length: 2, [0x31, 0])),
        Case(
            "dicom.tooDeep",
            (0..<40).flatMap { _ in Made.raw(procedure, "SQ", length: .max) + Made.item(length: .max) }),
    ]

    @Test("each break of form has a name, and a place by element and byte", arguments: cases)
    private func named(_ broken: Case) throws {
        let bytes = Made.file(raw: broken.bytes)
        let failure = try #require(throws: Failure.self) { try DICOMReader.read(bytes) }
        #expect(failure.code == broken.code, "\(failure)")
        #expect(failure.place?.contains("byte ") == true)
        // The same whichever pieces it comes in.
        let second = #expect(throws: Failure.self) {
            var reader = DICOMReader()
            for byte in bytes { try reader.feed([byte]) }
            _ = try reader.finish()
        }
        #expect(second?.code == failure.code && second?.place == failure.place)
    }

    @Test("what repeats the element before it word for word is let through")
    func repeated() throws {
        let dataset = try DICOMReader.read(Made.file(raw: Self.name + Self.name)).dataset
        #expect(dataset.elements.count == 1 && dataset.text(.patientName) == "AB")
    }

    @Test("a damaged, unfinished or lengthened compressed data set is refused")
    func deflated() throws {
        let plain = DICOMWriter(.explicitLittle).bytes(Made.dataset(Made.picture))
        let packed = try Deflate.raw(plain)
        let head = Made.head(.deflated)
        let whole = head + packed
        for cut in 0...packed.count {
            var reader = DICOMReader()
            try reader.feed(whole[..<(head.count + cut)])
            try reader.feed(whole[(head.count + cut)...])
            let instance = try reader.finish()
            #expect(instance.studyUID == Made.study && instance.transferSyntax == .deflated)
        }
        #expect(try DICOMReader.read(whole + [0]).studyUID == Made.study)
        #expect(Result { try DICOMReader.read(whole.dropLast()) }.code == "dicom.truncated")
        #expect(Result { try DICOMReader.read(whole + [0, 0]) }.code == "dicom.badDeflate")
        #expect(Result { try DICOMReader.read(whole + [1]) }.code == "dicom.badDeflate")
        #expect(Result { try DICOMReader.read(head + [7] + packed) }.code == "dicom.badDeflate")
    }

    @Test("a sequence with more elements than are described is passed over, and what follows is described")
    func described() throws {
        let code = Made.raw(DICOMTag(0x0008, 0x0100), "SH", length: 4, Array("CT1 ".utf8))
        let item = Made.item(length: UInt32(code.count), code)
        let many = Self.open + (0..<50).flatMap { _ in item } + Made.sequenceEnd
        let few = Made.raw(DICOMTag(0x0008, 0x1110), "SQ", length: .max) + item + Made.sequenceEnd
        let instance = try DICOMReader.read(
            Made.file(raw: many + few + Self.name), bounds: DICOMBounds(elements: 40))
        #expect(!instance.isWholeDescribed && instance.elementCount > 100)
        guard case .skipped(let extent) = instance.dataset[Self.procedure]?.value else {
            Issue.record("the sequence is described")
            return
        }
        #expect(extent.lengthBytes == Int64(50 * item.count))
        #expect(instance.dataset.items(DICOMTag(0x0008, 0x1110)).count == 1)
        #expect(instance.dataset.text(.patientName) == "AB")
    }

    @Test("a long value is known by its place")
    func longValue() throws {
        let text = [UInt8](repeating: 65, count: 70_000)
        let bytes = Made.file(raw: Made.raw(DICOMTag(0x0040, 0xA160), "UT", length: 70_000, text))
        guard case .skipped(let extent) = try DICOMReader.read(bytes).dataset[DICOMTag(0x0040, 0xA160)]?.value else {
            Issue.record("the value is kept")
            return
        }
        #expect(extent.lengthBytes == 70_000 && extent.offset == Int64(bytes.count - 70_000))
    }
}
