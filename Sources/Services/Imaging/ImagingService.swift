package import Calls
import DICOM
import Effects
package import Ledgers
import Regions
package import ServiceKit
import Storage
import Wire

/// Images at one node: keeps instances as they came, finds them, and lets those read them who may.
///
/// Instances stay at the node to which their device or archive sent them. It has no desk: nobody asks it from elsewhere.
package struct ImagingService: NodeService {
    package static let serviceName = "imaging"
    package static let projections: [any Projection] = [ImagingProjection()]
    package static let endpoints: [any EndpointSet.Type] = [ImagingEndpoints.self]
    package static let methods: [Method] = []

    package let context: NodeContext

    package init(_ context: NodeContext) async throws {
        self.context = context
    }

    /// Nothing of it runs by itself.
    package func run() async throws { try await context.world.time.sleepForever() }

    /// What becomes of an instance that came.
    package enum Outcome: Equatable, Sendable {
        case stored
        /// The same bytes lay here before.
        case known
        /// It lies here and belongs to no study until a person has decided.
        case putAside(ImagingContradiction)
    }

    /// Takes an instance whose bytes lie here; durable on return.
    ///
    /// - Parameters:
    ///   - unit: whose system sent it.
    ///   - patient: whose it says that it is, by the rules for identifiers; the first one counts.
    /// - Throws: `imaging.noPatient`, `imaging.otherBytes`, `imaging.longAttributes`, `imaging.longWord`,
    ///   `dicom.uidMissing`, `dicom.uidInvalid`, `dicom.badValue`, `patientKey.…`, `author.notDelivered`,
    ///   `ledger.overloaded`.
    package func store(
        _ received: InstanceReceiver.Received, unit: String, patient: PatientDemographics
    ) async throws -> Outcome {
        let instance = try Self.instance(received, patient: patient)
        let keys = try patient.identifiers.compactMap {
            try context.patientKeys.current(of: $0, within: unit, at: context.now)
        }
        guard !keys.isEmpty else { throw Self.noPatient }
        let draft = EntryDraft(
            kind: .imagingInstance,
            subject: ImagingInstance.subject(of: instance.instanceUID, suite: context.region.suite),
            fields: try ImagingFields(unit: unit, patientKeys: keys).wireBytes(), headerAudience: .own,
            payload: try instance.wireBytes(), payloadAudience: .own)
        let sizeBytes = (draft.payload?.count ?? 0) + 500
        return try await context.ledger.write(lane: .bulk, sizeBytes: sizeBytes) { transaction in
            let sql = transaction.sql
            if let known = try ImagingTable.known(instance.instanceUID, in: sql) {
                guard known.sha256 == instance.sha256 else { throw ImagingTable.otherBytes }
                return .known
            }
            if let reason = try ImagingTable.aside(instance.instanceUID, sha256: instance.sha256, in: sql) {
                return .putAside(reason)
            }
            try transaction.append(draft)
            let reason = try ImagingTable.aside(instance.instanceUID, sha256: instance.sha256, in: sql)
            return reason.map(Outcome.putAside) ?? .stored
        }
    }

    private static let noPatient = Failure(
        "imaging.noPatient", "the file names its patient by no number that is one",
        remedy: "have the device write the patient's number, with who issued it")

    /// - Throws: as for ``store(_:unit:patient:)``.
    static func instance(
        _ received: InstanceReceiver.Received, patient: PatientDemographics
    ) throws -> ImagingInstance {
        let file = received.instance
        let identity = try file.identity()
        guard let first = patient.identifiers.first, first.reach != .nobody else { throw noPatient }
        let words = [file.transferSyntax.uid, file.modality ?? "", file.accessionNumber ?? ""]
        guard words.allSatisfy({ $0.utf8.count <= Limits.imagingWordBytes }) else {
            throw Failure(
                "imaging.longWord", "the modality or the accession number is longer than it may be",
                remedy: "have the device or the archive write the file anew")
        }
        return ImagingInstance(
            studyUID: identity.studyUID, seriesUID: identity.seriesUID, instanceUID: identity.instanceUID,
            sopClassUID: identity.sopClassUID, transferSyntax: words[0], modality: words[1], accessionNumber: words[2],
            patient: patient, isNameDamaged: file.patientName?.doubt == .damaged, frames: identity.frames,
            sha256: received.sha256, manifest: received.manifest,
            summary: try ImagingSummary.bytes(of: file.dataset))
    }
}

extension ImagingService: FigureOffer {
    package func figures() async throws -> [ServiceFigure] {
        let aside = try await context.ledger.read { sql in
            Double(try sql.row("SELECT COUNT(*) FROM imaging_aside", [])?.integer(0) ?? 0)
        }
        return [
            ServiceFigure("yilian_imaging_aside", "Instances that wait for a person to say whose they are.", aside)
        ]
    }
}
