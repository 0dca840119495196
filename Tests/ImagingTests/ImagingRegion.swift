import DICOM
import Effects
import Ledgers
import RegionByHand
import Regions
import ServiceKit
import Testing

@testable import Imaging

typealias ImagingRegion = RegionByHand<ImagingService>

extension ImagingRegion {
    /// Runs a test at a township, whose unit has the same name.
    static func run(_ body: (ImagingRegion) async throws -> Void) async throws {
        let projections = ProjectionSet([RegionProjection(), GrantProjection(), AuditProjection(), ImagingProjection()])
        let region = try await ImagingRegion(projections: projections, configuration: configuration) { _ in }
        try await region.use(body)
    }

    private static func configuration(from time: WallTime) throws -> RegionConfiguration {
        let division = try DivisionCode("140300")
        var configuration = RegionConfiguration(
            region: try RegionID("sample"), name: "示例", version: 1, validFrom: time)
        let nodes: [(String, Tier, String?)] = [
            ("root", .dispatcher, nil), ("city", .city, "root"), ("east", .county, "city"), ("hill", .township, "east"),
        ]
        for (name, tier, parent) in nodes {
            let (id, unit) = (try NodeID(name), try OrgUnitID(name))
            configuration.organizationUnits.append(
                OrganizationUnit(id: unit, name: name, division: division, tier: tier, kind: .authority, node: id))
            configuration.nodes.append(
                RegionNode(id: id, name: name, tier: tier, organizationUnit: unit, division: division))
            guard let parent else { continue }
            configuration.management.append(
                ManagementEdge(child: id, parent: try NodeID(parent), from: WallTime(milliseconds: 0)))
        }
        return configuration
    }

    var hill: ImagingService { get throws { try service("hill") } }

    /// Brings an instance to the township in pieces, as a network does.
    func receive(_ bytes: [UInt8], piece: Int = 1_000) async throws -> InstanceReceiver.Received {
        var receiver = InstanceReceiver(ledger: try hill.context.ledger)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try await receiver.append(bytes[start..<min(start + piece, bytes.count)])
        }
        return try await receiver.finish()
    }

    func store(_ file: MadeFile) async throws -> ImagingService.Outcome {
        try await hill.store(try await receive(file.bytes), unit: "hill", patient: file.patient)
    }

    func search(
        _ level: ImagingSummary.Level, _ parameters: [(name: String, value: String)] = [],
        exact: [DICOMTag: String] = [:], offset: Int = 0, limit: Int = 100
    ) async throws -> ImagingSearch.Answer {
        try await hill.search(
            ImagingSearch(
                level, try DICOMQuery(parameters: parameters), exact: exact, offset: offset, limit: limit),
            asking: .doctor)
    }
}

extension Asking {
    static let doctor = Asking(practitioner: "D1", organizationUnit: "hill", purpose: .treatment, order: "R-1")
}

/// A small instance with pixels.
struct MadeFile {
    var study = "1.2.3"
    var series = "1.2.3.1"
    var instance = "1.2.3.1.1"
    var modality = "DR"
    var accession = "A-1"
    var patientID = "P-1"
    var name = "Zhang^San=张^三"
    var birthDate = "19700101"
    var sex = "M"
    var date = "20261201"
    var pixels: [UInt8] = [0, 85, 170, 255]

    var dataset: DICOMDataset {
        DICOMDataset([
            .text(.characterSet, "ISO_IR 192"), .text(.sopClass, "1.2.840.10008.5.1.4.1.1.7"),
            .text(.sopInstance, instance), .text(.study, study), .text(.series, series), .text(.modality, modality),
            .text(.accessionNumber, accession), .text(.patientName, name), .text(.patientID, patientID),
            .text(.patientBirthDate, birthDate), .text(.patientSex, sex), .text(.studyDate, date),
            .shorts(.samplesPerPixel, 1), .text(.photometry, "MONOCHROME2"), .shorts(.rows, 2), .shorts(.columns, 2),
            .shorts(.bitsAllocated, 8), .shorts(.bitsStored, 8), .shorts(.highBit, 7),
            .shorts(.pixelRepresentation, 0), DICOMElement(.pixels, .ow, .bytes(pixels)),
        ])
    }

    var bytes: [UInt8] {
        DICOMWriter.fileHead(
            sopClassUID: "1.2.840.10008.5.1.4.1.1.7", sopInstanceUID: instance, transferSyntax: .explicitLittle)
            + DICOMWriter(.explicitLittle).bytes(dataset)
    }

    var patient: PatientDemographics {
        PatientDemographics(
            identifiers: [PatientIdentifier(type: "PI", authority: "", value: patientID)], name: name,
            birthDate: birthDate, sex: sex)
    }
}
