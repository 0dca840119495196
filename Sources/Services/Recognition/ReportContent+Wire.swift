import Effects
import Foundation
import Ledgers
import ServiceKit
import SwiftProtobuf
import Wire

extension ReportContent: ProtobufWireValue {
    /// The message's bytes, written once for every report that is published.
    package func wireBytes() throws -> [UInt8] {
        var writer = ProtobufWriter(reservingBytes: 512 + observations.count * 128)
        writer.text(1, institution)
        writer.message(2) { patient.write(to: &$0) }
        writer.text(3, fillerOrderNumber)
        writer.text(4, placerOrderNumber)
        writer.message(5) { service.write(to: &$0) }
        writer.integer(6, UInt64(UInt32(clamping: position)))
        writer.integer(7, UInt64(status.rawValue))
        writer.integer(8, UInt64(category.rawValue))
        writer.text(9, observedTime)
        writer.text(10, issuedTime)
        for specimen in specimens { writer.message(11) { specimen.write(to: &$0) } }
        for observation in observations { writer.message(12) { observation.write(to: &$0) } }
        for note in notes { writer.element(13, note) }
        for attachment in attachments {
            try writer.message(ReportAttachment.wireField) { writer in
                writer.text(1, attachment.contentType)
                writer.text(2, attachment.title)
                writer.data(3, attachment.bytes)
                writer.data(ReportAttachment.manifestField, try attachment.manifest?.wireBytes() ?? [])
                if let code = attachment.code { writer.message(5) { code.write(to: &$0) } }
                writer.text(6, attachment.subID)
                writer.text(7, attachment.status)
                writer.truth(8, attachment.isInherited)
            }
        }
        writer.text(16, orderedBy)
        writer.text(17, performedBy)
        for line in conclusions { writer.message(18) { line.write(to: &$0) } }
        if let parent { writer.message(19) { parent.write(to: &$0) } }
        for detail in details { writer.message(20) { detail.write(to: &$0) } }
        return writer.bytes
    }

    package func wire() throws -> PBRecognitionReportContent {
        var message = PBRecognitionReportContent()
        message.institution = institution
        message.patient = patient.wire()
        message.fillerOrderNumber = fillerOrderNumber ?? ""
        message.placerOrderNumber = placerOrderNumber ?? ""
        message.service = service.wire
        message.position = UInt32(clamping: position)
        message.status = UInt32(status.rawValue)
        message.category = UInt32(category.rawValue)
        message.observedTime = observedTime ?? ""
        message.issuedTime = issuedTime ?? ""
        message.specimens = specimens.map(\.wire)
        message.observations = observations.map(\.wire)
        message.notes = notes
        message.attachments = try attachments.map { attachment in
            var part = PBRecognitionAttachment()
            part.contentType = attachment.contentType
            part.title = attachment.title
            part.bytes = Data(attachment.bytes)
            part.manifest = Data(try attachment.manifest?.wireBytes() ?? [])
            if let code = attachment.code { part.code = code.wire }
            part.subID = attachment.subID ?? ""
            part.status = attachment.status
            part.inherited = attachment.isInherited
            return part
        }
        message.orderedBy = orderedBy ?? ""
        message.performedBy = performedBy ?? ""
        message.conclusions = conclusions.map(\.wire)
        if let parent { message.parent = parent.wire }
        message.details = details.map(\.wire)
        return message
    }

    package init(wire message: PBRecognitionReportContent) throws {
        guard let status = UInt8(exactly: PeerNumber.label(message.status)).flatMap(ReportStatus.init),
            let category = UInt8(exactly: PeerNumber.label(message.category)).flatMap(ReportCategory.init)
        else { throw Failure("recognition.malformed", "the report's content cannot be read") }
        self.init(
            institution: message.institution,
            patient: PatientDemographics(wire: message.patient),
            fillerOrderNumber: message.fillerOrderNumber.nonEmpty,
            placerOrderNumber: message.placerOrderNumber.nonEmpty, service: Coding(wire: message.service),
            position: try PeerNumber.count(message.position, atMost: Limits.versions, "a report's place"),
            status: status, category: category,
            observedTime: message.observedTime.nonEmpty, issuedTime: message.issuedTime.nonEmpty,
            specimens: message.specimens.map(Coding.init(wire:)),
            observations: message.observations.map(ReportedObservation.init(wire:)), notes: message.notes,
            conclusions: message.conclusions.map(ReportedObservation.init(wire:)),
            attachments: try message.attachments.map(ReportAttachment.init(wire:)),
            orderedBy: message.orderedBy.nonEmpty, performedBy: message.performedBy.nonEmpty,
            parent: message.hasParent ? ParentResult(wire: message.parent) : nil,
            details: message.details.map(ReportDetail.init(wire:)))
    }
}

extension PatientDemographics {
    fileprivate func write(to writer: inout ProtobufWriter) {
        for identifier in identifiers {
            writer.message(1) { writer in
                writer.text(1, identifier.type)
                writer.text(2, identifier.authority)
                writer.text(3, identifier.value)
                writer.truth(4, identifier.isFormer)
            }
        }
        writer.text(2, name)
        writer.text(3, birthDate)
        writer.text(4, sex)
    }
}

extension ReportAttachment {
    fileprivate init(wire message: PBRecognitionAttachment) throws {
        self.init(
            contentType: message.contentType, title: message.title, bytes: [UInt8](message.bytes),
            manifest: message.manifest.isEmpty ? nil : try .document(wireBytes: [UInt8](message.manifest)),
            code: message.hasCode ? Coding(wire: message.code) : nil, subID: message.subID.nonEmpty,
            status: message.status)
        isInherited = message.inherited
    }
}
