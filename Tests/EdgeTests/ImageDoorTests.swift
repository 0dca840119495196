import DICOM
import EdgeKit
import Effects
import Imaging
import NIOHTTP1
import Regions
import Testing

@testable import Edge
@testable import ImagingEdge

@Suite("Images over real sockets")
struct ImageDoorTests {
    private static let study = "1.2.3"

    private func dataset(_ instance: String, pixels: Int) -> DICOMDataset {
        DICOMDataset([
            .text(.characterSet, "ISO_IR 192"), .text(.sopClass, DIMSEClient.capture), .text(.sopInstance, instance),
            .text(.study, Self.study), .text(.series, "1.2.3.1"), .text(.modality, "DR"),
            .text(.accessionNumber, "A-1"), .text(.patientName, "张^三"), .text(.patientID, "P-1"),
            DICOMElement(.pixels, .ow, .bytes(SeededRandom(seed: 4).bytes(pixels))),
        ])
    }

    private func bytes(_ instance: String, pixels: Int) -> [UInt8] {
        DICOMWriter(.explicitLittle).bytes(dataset(instance, pixels: pixels))
    }

    private func file(_ instance: String, pixels: Int) -> [UInt8] {
        DICOMWriter.fileHead(
            sopClassUID: DIMSEClient.capture, sopInstanceUID: instance, transferSyntax: .explicitLittle)
            + bytes(instance, pixels: pixels)
    }

    /// A node with a port for DICOM's own protocol, and its address.
    private func withPort(
        callers: [String] = [], clients: String = "127.0.0.1",
        _ body: (EdgeFixture, NetworkAddress) async throws -> Void
    ) async throws {
        let fixture = try await EdgeFixture.open()
        var registry = HandlerRegistry(failures: .edge)
        let listener = AssociationListener(
            listen: NetworkAddress(host: "127.0.0.1", port: 0), institution: try fixture.reference, title: "YILIAN",
            clients: [try AddressRange(clients)], callers: callers, purpose: "treatment", practitioner: "doctor-1")
        registry.add(
            AssociationDoor(listener, AssociationDesk(imaging: try fixture.node.service(ImagingService.self))))
        let intake = MessageIntake(node: fixture.node, registry: registry, logger: fixture.logger)
        try await fixture.withEdge(intake: intake) { _, addresses in
            try await body(fixture, try #require(addresses.dicom.first))
        }
    }

    @Test("a device stores, searches, and is told on the same association what lies on the disk")
    func association() async throws {
        try await withPort { _, address in
            try await DIMSEClient.converse(with: address) { client in
                let contexts = try await client.opened()
                #expect(contexts[AssociationTerms.worklist] == nil)
                let echo = try await client.ask(.echo, DIMSEClient.verification)
                #expect(echo.last?.command.status == .success)
                let context = try #require(contexts[DIMSEClient.capture])
                for instance in ["1.2.3.1.1", "1.2.3.1.2"] {
                    let stored = try await client.store(
                        bytes(instance, pixels: 3 << 20), as: instance, in: context)
                    #expect(stored.command.status == .success)
                }
                let changed = try await client.store(bytes("1.2.3.1.1", pixels: 10), as: "1.2.3.1.1", in: context)
                #expect(changed.command.status == .contradicts && changed.command.comment == "imaging.otherBytes")
                let broken = try await client.store([1, 2, 3, 4], as: "1.2.3.1.3", in: context)
                #expect(broken.command.status == .cannotUnderstand)

                let query = DICOMDataset([
                    .text(.retrieveLevel, "IMAGE"), .text(.study, Self.study), .text(.sopInstance, ""),
                ])
                let found = try await client.ask(.find, AssociationTerms.findsByStudy, query)
                #expect(found.compactMap { $0.dataset?.text(.sopInstance) } == ["1.2.3.1.1", "1.2.3.1.2"])
                #expect(found.last?.command.status == .success)

                let items = ["1.2.3.1.1", "1.2.3.1.3"].map { uid in
                    DICOMDataset([
                        .text(DICOMTag(0x0008, 0x1150), DIMSEClient.capture, vr: .ui),
                        .text(DICOMTag(0x0008, 0x1155), uid, vr: .ui),
                    ])
                }
                let asked = try await client.ask(
                    .action, AssociationTerms.storageCommitment,
                    instance: AssociationTerms.storageCommitmentInstance, type: 1,
                    DICOMDataset([
                        .text(DICOMTag(0x0008, 0x1195), "1.2.7", vr: .ui),
                        .sequence(DICOMTag(0x0008, 0x1199), items),
                    ]))
                #expect(asked.last?.command.status == .success)
                guard case .request(let report) = try await client.next() else {
                    Issue.record("nothing was reported")
                    return
                }
                #expect(report.command.eventType == 2)
                #expect(report.dataset?.items(DICOMTag(0x0008, 0x1198)).count == 1)
                client.respond(to: report)
                try await client.release()
            }
        }
    }

    @Test("who calls by another title, or is none of the callers, is refused by the standard's reason")
    func titles() async throws {
        try await withPort(callers: ["CT1"]) { _, address in
            for (called, calling, reason) in [("OTHER", "CT1", UInt8(7)), ("YILIAN", "CT2", 3)] {
                try await DIMSEClient.converse(with: address, called: called, calling: calling) { client in
                    guard case .rejected(let rejection) = try await client.next() else {
                        Issue.record("\(calling) was let in")
                        return
                    }
                    #expect(rejection.reason == reason && rejection.isPermanent)
                }
            }
            try await DIMSEClient.converse(with: address) { client in
                _ = try await client.opened()
                try await client.release()
            }
        }
    }

    @Test("over HTTPS a body longer than any message is taken as it comes, and comes back the very bytes")
    func web() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withClient { fhir in
            let base = fhir.base.replacing("/fhir", with: "/dicom-web")
            // A program that is not optimised, on a machine that does much else, takes its time for 48 MiB.
            let client = FHIRClient(client: fhir.client, base: base, patienceSeconds: 600)
            let writer = MultipartWriter("1")
            // More than the bytes of all listeners together leave for one message.
            let files = (1...2).map { file("1.2.3.1.\($0)", pixels: 24 << 20) }
            let body = files.flatMap { writer.head("application/dicom") + $0 + writer.tail } + writer.end
            let type = writer.contentType("application/dicom")
            let stored = try await client.send(.POST, "/studies", body: body, type: type)
            #expect(stored.status == 200, "\(String(decoding: stored.body, as: UTF8.self))")
            let found = try await client.send(.GET, "/studies?PatientID=P-1")
            #expect(found.status == 200)
            #expect(String(decoding: found.body, as: UTF8.self).contains("张^三"))
            for (number, file) in files.enumerated() {
                let one = try await client.send(
                    .GET, "/studies/1.2.3/series/1.2.3.1/instances/1.2.3.1.\(number + 1)",
                    headers: ["Accept": "application/dicom"])
                #expect(one.status == 200 && one.body == file)
            }
            let refused = [
                try await client.send(.POST, "/studies", body: [1], type: "application/json").status,
                try await client.send(.GET, "/studies", token: nil).status,
                try await client.send(.GET, "/studies/1.2.9").status,
                try await client.send(.DELETE, "/studies/1.2.3").status,
                try await client.send(.GET, "/studies", headers: ["Accept": "text/html"]).status,
            ]
            #expect(refused == [415, 401, 404, 405, 406])
        }
    }
}
