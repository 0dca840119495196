import DICOM
import EdgeKit
import Effects
import Ledgers
import ServiceKit
import Testing

@testable import Imaging
@testable import ImagingEdge

@Suite("DICOM's own protocol, without its sockets")
struct AssociationTests {
    private static let capture = "1.2.840.10008.5.1.4.1.1.7"
    private let principal = Principal(
        system: "dicom:hill", institution: "hill", purpose: .treatment, practitioner: "D1")

    private func request(
        _ kind: DIMSECommand.Kind, _ abstractSyntax: String, instance: String? = nil, type: UInt16? = nil,
        _ dataset: DICOMDataset? = nil
    ) -> DIMSERequest {
        var command = DIMSECommand(kind, messageID: 1)
        command.sopClassUID = abstractSyntax
        command.sopInstanceUID = instance
        command.actionType = type
        return DIMSERequest(
            context: AgreedContext(id: 1, abstractSyntax: abstractSyntax, transferSyntax: .explicitLittle),
            command: command, dataset: dataset)
    }

    /// Brings an instance as an association does: its data set alone, in pieces.
    private func send(_ file: MadeFile, to desk: AssociationDesk, as instance: String? = nil) async throws {
        let sink = try desk.sink(
            for: request(.store, Self.capture, instance: instance ?? file.instance), principal)
        let bytes = DICOMWriter(.explicitLittle).bytes(file.dataset)
        for start in stride(from: 0, to: bytes.count, by: 100) {
            try await sink.append(Array(bytes[start..<min(start + 100, bytes.count)]))
        }
        do { try await sink.finish() } catch {
            try await sink.abandon()
            throw error
        }
    }

    private func expectCode(_ code: Failure.Code, _ body: () async throws -> Void) async {
        await #expect { try await body() } throws: { ($0 as? Failure)?.code == code }
    }

    @Test("an instance lies here with the data set that came, behind a head of our own")
    func stores() async throws {
        try await ImagingRegion.run { region in
            let desk = AssociationDesk(imaging: try region.hill)
            let file = MadeFile(pixels: [UInt8](repeating: 3, count: Limits.attachmentChunkBytes))
            try await send(file, to: desk)
            try await send(file, to: desk)
            let stored = try #require(try await region.hill.open(study: "1.2.3", asking: .doctor).first)
            let bytes = try await region.hill.bytes(of: stored)
            var whole: [UInt8] = []
            for position in 0..<bytes.count { whole += try await bytes.piece(position) }
            #expect(whole == file.bytes)
            await expectCode("imaging.otherInstance") { try await send(MadeFile(), to: desk, as: "1.2.9") }
            await expectCode("dimse.command") {
                _ = try desk.sink(for: request(.store, Self.capture, instance: "x"), principal)
            }
        }
    }

    @Test("what breaks off leaves nothing")
    func breaksOff() async throws {
        try await ImagingRegion.run { region in
            let desk = AssociationDesk(imaging: try region.hill)
            let sink = try desk.sink(for: request(.store, Self.capture, instance: "1.2.3.1.1"), principal)
            let bytes = DICOMWriter(.explicitLittle).bytes(
                MadeFile(pixels: [UInt8](repeating: 3, count: Limits.attachmentChunkBytes * 2)).dataset)
            try await sink.append(Array(bytes.dropLast(10)))
            await expectCode("dicom.truncated") { try await sink.finish() }
            try await sink.abandon()
            let left = try await region.hill.context.ledger.read { sql in
                try sql.row("SELECT COUNT(*) FROM attachment_chunk", [])?.integer(0)
            }
            #expect(left == 0)
        }
    }

    @Test("a query at each level has what QIDO finds, with the accession number or the study as its ground")
    func finds() async throws {
        try await ImagingRegion.run { region in
            let desk = AssociationDesk(imaging: try region.hill)
            try await send(MadeFile(), to: desk)
            try await send(MadeFile(instance: "1.2.3.1.2"), to: desk)
            func find(_ level: String, _ keys: [DICOMElement]) async throws -> [DICOMDataset] {
                let dataset = DICOMDataset([.text(.retrieveLevel, level)] + keys)
                return try await desk.answers(
                    to: request(.find, AssociationTerms.findsByStudy, dataset), principal)
            }
            let studies = try await find("STUDY", [.text(.accessionNumber, "A-1"), .text(.patientName, "")])
            #expect(studies.compactMap { $0.text(.patientName) } == ["Zhang^San=张^三"])
            #expect(studies.first?.text(.retrieveLevel) == "STUDY")
            let images = try await find("IMAGE", [.text(.study, "1.2.3"), .text(.sopInstance, "")])
            #expect(images.compactMap { $0.text(.sopInstance) } == ["1.2.3.1.1", "1.2.3.1.2"])
            await expectCode("dicom.badQuery") { _ = try await find("PATIENT", []) }
            await expectCode("access.noGround") { _ = try await find("STUDY", [.text(.patientID, "P-1")]) }
            let stranger = Principal(system: "dicom:hill", institution: "hill")
            let question = request(
                .find, AssociationTerms.findsByStudy,
                DICOMDataset([.text(.retrieveLevel, "STUDY"), .text(.study, "1.2.3")]))
            await #expect(throws: (any Error).self, "a listener without a purpose may not ask") {
                _ = try await desk.answers(to: question, stranger)
            }
        }
    }

    @Test("a commitment names what lies on the disk and what does not")
    func commits() async throws {
        try await ImagingRegion.run { region in
            let desk = AssociationDesk(imaging: try region.hill)
            try await send(MadeFile(), to: desk)
            try await send(MadeFile(instance: "1.2.3.1.2", sex: "F"), to: desk)
            func commit(_ instances: [String]) async throws -> StorageCommitment {
                let items = instances.map { uid in
                    DICOMDataset([
                        .text(DICOMTag(0x0008, 0x1150), Self.capture, vr: .ui),
                        .text(DICOMTag(0x0008, 0x1155), uid, vr: .ui),
                    ])
                }
                let dataset = DICOMDataset([
                    .text(DICOMTag(0x0008, 0x1195), "1.2.7", vr: .ui), .sequence(DICOMTag(0x0008, 0x1199), items),
                ])
                return try await desk.commitment(
                    to: request(.action, AssociationTerms.storageCommitment, type: 1, dataset), principal)
            }
            let whole = try await commit(["1.2.3.1.1", "1.2.3.1.2"])
            #expect(whole.eventType == 1 && whole.dataset.items(DICOMTag(0x0008, 0x1199)).count == 2)
            #expect(whole.dataset.text(DICOMTag(0x0008, 0x1195)) == "1.2.7")
            let part = try await commit(["1.2.3.1.1", "1.2.9"])
            let failed = part.dataset.items(DICOMTag(0x0008, 0x1198))
            #expect(part.eventType == 2 && failed.count == 1)
            #expect(failed.first?.integer(DICOMTag(0x0008, 0x1197)) == 0x0112)
            await expectCode("imaging.badCommitment") {
                _ = try await desk.commitment(to: request(.action, AssociationTerms.storageCommitment), principal)
            }
        }
    }
}
