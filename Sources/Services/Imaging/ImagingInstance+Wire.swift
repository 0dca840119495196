import DICOM
import Effects
import Foundation
import Ledgers
import ServiceKit
import SwiftProtobuf
import Trust
import Wire

extension ImagingInstance: ProtobufWireValue {
    package func wire() throws -> PBImagingInstance {
        var message = PBImagingInstance()
        message.studyUid = studyUID
        message.seriesUid = seriesUID
        message.instanceUid = instanceUID
        message.sopClassUid = sopClassUID
        message.transferSyntax = transferSyntax
        message.modality = modality
        message.accessionNumber = accessionNumber
        message.patient = patient.wire()
        message.damagedName = isNameDamaged
        message.frames = UInt32(clamping: frames)
        message.sha256 = Data(sha256.bytes)
        message.manifest = Data(try manifest.wireBytes())
        message.summary = Data(summary)
        return message
    }

    /// - Throws: `imaging.malformed`, `attachment.malformed`, `attachment.tooLarge`.
    package init(wire message: PBImagingInstance) throws {
        let uids = [message.studyUid, message.seriesUid, message.instanceUid, message.sopClassUid]
        let words = [message.transferSyntax, message.modality, message.accessionNumber]
        guard let sha256 = Digest(bytes: message.sha256), uids.allSatisfy(DICOMUID.isOne),
            words.allSatisfy({ $0.utf8.count <= Limits.imagingWordBytes }), !message.patient.identifiers.isEmpty,
            message.patient.identifiers.count <= Limits.personIdentifiers,
            message.summary.count <= Limits.imagingSummaryBytes
        else { throw Self.malformed }
        self.init(
            studyUID: message.studyUid, seriesUID: message.seriesUid, instanceUID: message.instanceUid,
            sopClassUID: message.sopClassUid, transferSyntax: message.transferSyntax, modality: message.modality,
            accessionNumber: message.accessionNumber, patient: PatientDemographics(wire: message.patient),
            isNameDamaged: message.damagedName,
            frames: try PeerNumber.count(message.frames, atMost: Limits.dicomFrames, "a number of frames"),
            sha256: sha256, manifest: try AttachmentManifest(wireBytes: [UInt8](message.manifest)),
            summary: [UInt8](message.summary))
    }
}

/// The header of an instance: for which unit it was stored, and the keys of whose it says that it is.
struct ImagingFields: Equatable, Sendable {
    var unit: String
    var patientKeys: [PatientKeyReference]
}

extension ImagingFields: ProtobufWireValue {
    func wire() throws -> PBImagingFields {
        var message = PBImagingFields()
        message.unit = unit
        message.patientKeys = patientKeys.map { $0.wire() }
        return message
    }

    /// - Throws: `imaging.malformed`, `access.patientKey`.
    init(wire message: PBImagingFields) throws {
        guard !message.unit.isEmpty, message.unit.utf8.count <= Limits.imagingWordBytes,
            message.patientKeys.count <= Limits.personIdentifiers
        else { throw ImagingInstance.malformed }
        self.init(unit: message.unit, patientKeys: try message.patientKeys.map(PatientKeyReference.init(wire:)))
    }
}
