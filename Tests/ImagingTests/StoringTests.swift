import DICOM
import Effects
import Ledgers
import ServiceKit
import Storage
import Testing

@testable import Imaging

@Suite("Images that come")
struct StoringTests {
    private func expectCode(_ code: Failure.Code, _ body: () async throws -> Void) async {
        await #expect { try await body() } throws: { ($0 as? Failure)?.code == code }
    }

    @Test("an instance is stored as it came, and the same bytes again are no news")
    func same() async throws {
        try await ImagingRegion.run { region in
            let file = MadeFile(pixels: [UInt8](repeating: 7, count: Limits.attachmentChunkBytes * 2 + 10))
            let received = try await region.receive(file.bytes, piece: 100_001)
            let patient = file.patient
            let hill = try region.hill
            #expect(try await hill.store(received, unit: "hill", patient: patient) == .stored)
            #expect(try await region.store(file) == .known)
            let opened = try await hill.open(study: "1.2.3", asking: .doctor)
            #expect(opened.map(\.instanceUID) == ["1.2.3.1.1"] && opened.map(\.sha256) == [received.sha256])
            let bytes = try await region.hill.bytes(of: try #require(opened.first))
            var read: [UInt8] = []
            for position in 0..<bytes.count { read += try await bytes.piece(position) }
            #expect(read == file.bytes)
            let place = DICOMExtent(offset: 250_000, lengthBytes: 270_000)
            #expect(try await bytes.bytes(at: place) == Array(file.bytes[250_000..<520_000]))
            #expect(try await bytes.describe().instanceUID == "1.2.3.1.1")
            #expect(try await hill.context.ledger.verify().isSound)
        }
    }

    @Test("other bytes under the same UID are refused, and what lies here stays")
    func otherBytes() async throws {
        try await ImagingRegion.run { region in
            #expect(try await region.store(MadeFile()) == .stored)
            await expectCode("imaging.otherBytes") { _ = try await region.store(MadeFile(pixels: [1, 2, 3, 4])) }
            let found = try await region.search(.instance)
            #expect(found.hits.count == 1)
        }
    }

    @Test("a patient without a number is nobody, and a file that is none says so")
    func nobody() async throws {
        try await ImagingRegion.run { region in
            for value in ["", "0", "无"] {
                await expectCode("imaging.noPatient") { _ = try await region.store(MadeFile(patientID: value)) }
            }
            await expectCode("dicom.truncated") { _ = try await region.receive(Array(MadeFile().bytes.dropLast(3))) }
            await expectCode("dicom.notPart10") { _ = try await region.receive([1, 2, 3]) }
            await expectCode("dicom.uidInvalid") { _ = try await region.store(MadeFile(study: "1.x")) }
        }
    }

    @Test(
        "what contradicts the study is put aside, once, and belongs to it not at all",
        arguments: ImagingContradiction.allCases)
    func contradictions(reason: ImagingContradiction) async throws {
        try await ImagingRegion.run { region in
            #expect(try await region.store(MadeFile()) == .stored)
            var other = MadeFile(instance: "1.2.3.1.2")
            switch reason {
            case .patientID: other.patientID = "P-2"
            case .name: other.name = "Li^Si=李^四"
            case .birthDate: other.birthDate = "19710101"
            case .sex: other.sex = "F"
            case .accessionNumber: (other.study, other.patientID) = ("1.2.4", "P-2")
            }
            #expect(try await region.store(other) == .putAside(reason))
            #expect(try await region.store(other) == .putAside(reason))
            #expect(try await region.search(.instance).hits.map(\.instanceUID) == ["1.2.3.1.1"])
            let page = try await region.hill.aside(ImagingEndpoints.ContradictionQuestion())
            #expect(page.items.map(\.reason) == [reason.rawValue] && page.next == nil)
            #expect(page.items.map(\.instanceUID) == ["1.2.3.1.2"])
        }
    }

    @Test("a name in one of its ways, a sex that is unknown and a birth date that is missing contradict nothing")
    func agreements() async throws {
        try await ImagingRegion.run { region in
            let first = try await region.store(MadeFile(birthDate: "", sex: "U"))
            #expect(first == .stored)
            let second = MadeFile(instance: "1.2.3.1.2", name: "ZHANG^SAN^^", birthDate: "19700101")
            #expect(try await region.store(second) == .stored)
            let third = MadeFile(instance: "1.2.3.1.3", birthDate: "19700102")
            #expect(try await region.store(third) == .putAside(.birthDate), "what the second one said counts")
        }
    }

    @Test("the list of what was put aside goes on where the page before ended")
    func pages() async throws {
        try await ImagingRegion.run { region in
            #expect(try await region.store(MadeFile()) == .stored)
            for number in 2...6 {
                _ = try await region.store(MadeFile(instance: "1.2.3.1.\(number)", sex: "F"))
            }
            var (found, next): ([String], String?) = ([], nil)
            repeat {
                let page = try await region.hill.aside(ImagingEndpoints.ContradictionQuestion(after: next, limit: 2))
                found += page.items.map(\.instanceUID)
                next = page.next
            } while next != nil
            #expect(Set(found).count == 5 && found.count == 5)
        }
    }

    @Test("folding everything again gives the same tables")
    func refold() async throws {
        try await ImagingRegion.run { region in
            for number in 1...3 { _ = try await region.store(MadeFile(instance: "1.2.3.1.\(number)")) }
            _ = try await region.store(MadeFile(instance: "1.2.3.1.4", sex: "F"))
            func rows() async throws -> [String] {
                try await region.hill.context.ledger.read { sql in
                    let studies = try sql.rows("SELECT study, series, instances FROM imaging_study", [])
                        .map { "\(try $0.text(0)) \(try $0.integer(1)) \(try $0.integer(2))" }
                    let instances = try sql.rows("SELECT instance FROM imaging_instance ORDER BY instance", [])
                        .map { try $0.text(0) }
                    let aside = try sql.rows("SELECT instance, reason FROM imaging_aside", [])
                        .map { "\(try $0.text(0)) \(try $0.text(1))" }
                    return studies + instances + aside
                }
            }
            let before = try await rows()
            #expect(before == ["1.2.3 1 3", "1.2.3.1.1", "1.2.3.1.2", "1.2.3.1.3", "1.2.3.1.4 sex"])
            _ = try await region.hill.context.ledger.refold()
            #expect(try await rows() == before)
        }
    }

    @Test("a unit that does not deliver here has nothing stored in its name")
    func foreignUnit() async throws {
        try await ImagingRegion.run { region in
            let file = MadeFile()
            let received = try await region.receive(file.bytes)
            await expectCode("author.notDelivered") {
                _ = try await region.hill.store(received, unit: "east", patient: file.patient)
            }
        }
    }
}
