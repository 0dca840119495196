import DICOM
import EdgeKit
import Effects
import Foundation
import Imaging
import Regions
import ServiceKit
import Storage
import Testing

@testable import Edge
@testable import ImagingEdge

@Suite("Images from systems that others wrote")
struct ForeignImageTests {
    private struct Line: Decodable {
        var kind: String
        var name: String?
        var status: UInt16?
        var comment: String?
        var type: UInt16?
        var kept: Int?
        var lost: Int?
        var found: [String]?
        var studies: Int?
        var instance: String?
        var patient: String?
    }

    private struct File: Decodable {
        var path: String
        var name: String
    }

    /// Where `Scripts/dicom-samples` wrote its list; `nil`, said loudly, where it did not.
    private static func list() -> String? {
        let list = ProcessImage.environment("YILIAN_DICOM_SAMPLES") ?? ""
        guard !list.isEmpty, (try? SystemDisk().read(list, limitBytes: 64 << 20)) != nil else {
            print("*** YILIAN_DICOM_SAMPLES NAMES NO LIST: no system of others' stored, searched or fetched images ***")
            return nil
        }
        return list
    }

    @Test("pynetdicom's files lie here as they were sent, and dicomweb-client finds and fetches what pynetdicom finds")
    func peers() async throws {
        guard let list = Self.list() else { return }
        let fixture = try await EdgeFixture.open()
        let imaging = try fixture.node.service(ImagingService.self)
        var registry = HandlerRegistry(failures: .edge)
        try ImagingHandlers.register(with: &registry, of: fixture.node)
        registry.add(
            AssociationDoor(
                AssociationListener(
                    listen: NetworkAddress(host: "127.0.0.1", port: 0), institution: try fixture.reference,
                    title: "YILIAN", clients: [try AddressRange("127.0.0.1")], purpose: "treatment",
                    practitioner: "doctor-1"), AssociationDesk(imaging: imaging)))
        let intake = MessageIntake(node: fixture.node, registry: registry, logger: fixture.logger)
        try fixture.write(fixture.authority.certificatePEM, to: "ca.pem")
        let lines = try await fixture.withEdge(intake: intake, https: try fixture.https()) { _, addresses in
            try await run(list, fixture, try #require(addresses.dicom.first), try #require(addresses.https))
        }
        try await check(lines, list, imaging)
    }

    private func run(
        _ list: String, _ fixture: EdgeFixture, _ port: NetworkAddress, _ https: NetworkAddress
    ) async throws -> [Line] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Scripts/dicom-peers").path
        let (out, errors) = (fixture.folder + "/peers.out", fixture.folder + "/peers.err")
        let child = try ChildProcess(
            executable: script,
            arguments: [
                list, port.host, "\(port.port)", "YILIAN", "https://\(https)/dicom-web", FHIRClient.token,
                fixture.folder + "/ca.pem",
            ], outputPath: out, errorPath: errors)
        let status = try await child.wait()
        let said = String(decoding: (try? SystemDisk().read(errors, limitBytes: 1 << 20)) ?? [], as: UTF8.self)
        #expect(status == 0, "\(said.suffix(2_000))")
        return try String(decoding: SystemDisk().read(out, limitBytes: 8 << 20), as: UTF8.self)
            .split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }

    private func check(_ lines: [Line], _ list: String, _ imaging: ImagingService) async throws {
        func line(_ kind: String) throws -> Line { try #require(lines.first { $0.kind == kind }, "\(kind)") }
        let files = try JSONDecoder().decode(
            [File].self, from: Data(try SystemDisk().read(list, limitBytes: 64 << 20)))
        let paths = Dictionary(files.map { ($0.name, $0.path) }, uniquingKeysWith: { first, _ in first })
        var stored = 0
        for line in lines where line.kind == "store" && line.status != nil {
            let name = line.name ?? ""
            guard line.status == 0 else {
                #expect(line.comment?.contains(".") == true, "\(name) is refused by name")
                continue
            }
            let file = try SystemDisk().read(try #require(paths[name]), limitBytes: 64 << 20)
            if try await isHere(file, imaging) { stored += 1 }
        }
        #expect(stored > 40)
        let commitment = try line("commitment")
        #expect((commitment.kept ?? 0) + (commitment.lost ?? 0) == 20)
        #expect(commitment.type == (commitment.lost == 0 ? 1 : 2))
        #expect(try line("echo").status == 0)
        let found = Set(try line("find").found ?? [])
        let web = try line("web")
        #expect(!found.isEmpty && Set(web.found ?? []) == found && web.studies == 1)
        #expect(try line("fetched").patient == "4MR1")
        let described = try line("metadata").instance ?? ""
        #expect(found.contains(described))
    }

    /// Whether an instance belongs to a study here; what lies here ends in the very data set that the file holds.
    private func isHere(_ file: [UInt8], _ imaging: ImagingService) async throws -> Bool {
        let instance = try DICOMReader.read(file)
        guard let study = instance.studyUID, let series = instance.seriesUID, let uid = instance.instanceUID,
            let metaLength = instance.meta?.integer(.metaLength)
        else { return false }
        let asking = Asking(
            practitioner: "doctor-1", organizationUnit: EdgeFixture.unit, purpose: .treatment, order: "O-1")
        let opened: [ImagingTable.File]
        do { opened = try await imaging.open(study: study, series: series, instance: uid, asking: asking) } catch let
            failure as Failure where failure.code == "imaging.notFound"
        { return false }
        let bytes = try await imaging.bytes(of: try #require(opened.first))
        var whole: [UInt8] = []
        for position in 0..<bytes.count { whole += try await bytes.piece(position) }
        let dataset = file[(144 + metaLength)...]
        let head = try #require(try DICOMReader.read(whole).meta?.integer(.metaLength))
        if whole[(144 + head)...].elementsEqual(dataset) { return true }
        // The one that was sent under this UID before may have been put aside.
        let aside = try await imaging.context.ledger.read { sql in
            try sql.row("SELECT 1 FROM imaging_aside WHERE instance = $1", [uid]) != nil
        }
        #expect(aside, "\(uid) is another one")
        return false
    }
}
