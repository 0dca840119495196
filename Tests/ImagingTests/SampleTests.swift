import DICOM
import EdgeKit
import Effects
import ServiceKit
import Storage
import Testing
import Trust

@testable import Imaging
@testable import ImagingEdge

@Suite("Images of pydicom's collections")
struct SampleTests {
    /// What a file may be refused by, and nothing else.
    private static let refusals: Set<Failure.Code> = [
        "imaging.noPatient", "imaging.otherBytes", "imaging.longAttributes", "dicom.uidMissing", "dicom.uidInvalid",
        "dicom.badValue", "dicom.truncated", "dicom.overrun", "dicom.notPart10",
    ]

    @Test(
        "each file that is stored comes out the very bytes, under the same SHA-256, and each other is refused by name")
    func all() async throws {
        guard !Samples.areMissing() else { return }
        try await ImagingRegion.run { region in
            let hill = try region.hill
            var (stored, aside) = (0, 0)
            for file in Samples.files {
                let bytes = try file.bytes()
                var hash = StreamedHash()
                hash.update(bytes[...])
                let outcome: ImagingService.Outcome
                let identity: DICOMIdentity
                do {
                    let received = try await region.receive(bytes, piece: 50_000)
                    #expect(received.sha256 == hash.digest, "\(file.name)")
                    identity = try received.instance.identity()
                    outcome = try await hill.store(
                        received, unit: "hill", patient: PatientDemographics(received.instance, now: hill.context.now))
                } catch let failure as Failure {
                    #expect(Self.refusals.contains(failure.code), "\(file.name): \(failure)")
                    continue
                }
                if case .putAside = outcome {
                    aside += 1
                    continue
                }
                stored += 1
                let opened = try await hill.open(
                    study: identity.studyUID, series: identity.seriesUID, instance: identity.instanceUID,
                    asking: .doctor)
                #expect(opened.count == 1 && opened.first?.sha256 == hash.digest, "\(file.name)")
                let out = try await hill.bytes(of: try #require(opened.first))
                var read: [UInt8] = []
                for position in 0..<out.count { read += try await out.piece(position) }
                #expect(read == bytes, "\(file.name)")
            }
            #expect(stored > 50, "\(stored) stored, \(aside) put aside, of \(Samples.files.count)")
            #expect(try await hill.context.ledger.verify().isSound)
        }
    }
}
