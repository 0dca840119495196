import Effects
import Foundation
import Ledgers
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
        writer.text(14, conclusion)
        for attachment in attachments {
            try writer.message(ReportAttachment.wireField) { writer in
                writer.text(1, attachment.contentType)
                writer.text(2, attachment.title)
                writer.data(3, attachment.bytes)
                writer.data(ReportAttachment.manifestField, try attachment.manifest?.wireBytes() ?? [])
            }
        }
        writer.text(16, orderedBy)
        writer.text(17, performedBy)
        return writer.bytes
    }

    package func wire() throws -> PBRecognitionReportContent {
        var message = PBRecognitionReportContent()
        message.institution = institution
        message.patient.identifiers = patient.identifiers.map { identifier in
            var part = PBRecognitionIdentifier()
            part.type = identifier.type
            part.authority = identifier.authority
            part.value = identifier.value
            return part
        }
        message.patient.name = patient.name ?? ""
        message.patient.birthDate = patient.birthDate ?? ""
        message.patient.sex = patient.sex ?? ""
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
        message.conclusion = conclusion ?? ""
        message.attachments = try attachments.map { attachment in
            var part = PBRecognitionAttachment()
            part.contentType = attachment.contentType
            part.title = attachment.title
            part.bytes = Data(attachment.bytes)
            part.manifest = Data(try attachment.manifest?.wireBytes() ?? [])
            return part
        }
        message.orderedBy = orderedBy ?? ""
        message.performedBy = performedBy ?? ""
        return message
    }

    package init(wire message: PBRecognitionReportContent) throws {
        guard let status = UInt8(exactly: message.status).flatMap(ReportStatus.init),
            let category = UInt8(exactly: message.category).flatMap(ReportCategory.init)
        else { throw Failure("recognition.malformed", "the report's content cannot be read") }
        self.init(
            institution: message.institution,
            patient: PatientDemographics(
                identifiers: message.patient.identifiers.map {
                    PatientIdentifier(type: $0.type, authority: $0.authority, value: $0.value)
                }, name: message.patient.name.nonEmpty, birthDate: message.patient.birthDate.nonEmpty,
                sex: message.patient.sex.nonEmpty),
            fillerOrderNumber: message.fillerOrderNumber.nonEmpty,
            placerOrderNumber: message.placerOrderNumber.nonEmpty, service: Coding(wire: message.service),
            position: Int(message.position), status: status, category: category,
            observedTime: message.observedTime.nonEmpty, issuedTime: message.issuedTime.nonEmpty,
            specimens: message.specimens.map(Coding.init(wire:)),
            observations: message.observations.map(ReportedObservation.init(wire:)), notes: message.notes,
            conclusion: message.conclusion.nonEmpty,
            attachments: try message.attachments.map {
                ReportAttachment(
                    contentType: $0.contentType, title: $0.title, bytes: [UInt8]($0.bytes),
                    manifest: $0.manifest.isEmpty ? nil : try AttachmentManifest(wireBytes: [UInt8]($0.manifest)))
            }, orderedBy: message.orderedBy.nonEmpty, performedBy: message.performedBy.nonEmpty)
    }
}

extension PatientDemographics {
    fileprivate func write(to writer: inout ProtobufWriter) {
        for identifier in identifiers {
            writer.message(1) { writer in
                writer.text(1, identifier.type)
                writer.text(2, identifier.authority)
                writer.text(3, identifier.value)
            }
        }
        writer.text(2, name)
        writer.text(3, birthDate)
        writer.text(4, sex)
    }
}

extension Coding {
    fileprivate func write(to writer: inout ProtobufWriter) {
        for code in codes {
            writer.message(1) { writer in
                writer.text(1, code.code)
                writer.text(2, code.display)
                writer.text(3, code.system)
            }
        }
        writer.text(2, text)
        writer.truth(3, text != nil)
    }

    var wire: PBRecognitionCoding {
        var message = PBRecognitionCoding()
        message.codes = codes.map { code in
            var part = PBRecognitionCode()
            part.code = code.code
            part.display = code.display
            part.system = code.system
            return part
        }
        message.text = text ?? ""
        message.hasText_p = text != nil
        return message
    }

    init(wire message: PBRecognitionCoding) {
        self.init(
            codes: message.codes.map { Code(code: $0.code, display: $0.display, system: $0.system) },
            text: message.hasText_p ? message.text : nil)
    }
}

extension ReportedObservation {
    fileprivate func write(to writer: inout ProtobufWriter) {
        writer.text(1, setID)
        writer.message(2) { code.write(to: &$0) }
        writer.text(3, subID)
        writer.text(4, valueType)
        writer.text(5, value)
        if let valueCoding { writer.message(6) { valueCoding.write(to: &$0) } }
        if let unit { writer.message(7) { unit.write(to: &$0) } }
        writer.text(8, referenceRange)
        for flag in flags { writer.element(9, flag) }
        writer.text(10, status)
        writer.text(11, method)
        writer.text(12, observedTime)
        for note in notes { writer.element(13, note) }
    }

    var wire: PBRecognitionObservation {
        var message = PBRecognitionObservation()
        message.setID = setID
        message.code = code.wire
        message.subID = subID ?? ""
        message.valueType = valueType
        message.value = value
        if let valueCoding { message.valueCoding = valueCoding.wire }
        if let unit { message.unit = unit.wire }
        message.referenceRange = referenceRange ?? ""
        message.flags = flags
        message.status = status
        message.method = method ?? ""
        message.observedTime = observedTime ?? ""
        message.notes = notes
        return message
    }

    init(wire message: PBRecognitionObservation) {
        self.init(
            setID: message.setID, code: Coding(wire: message.code), subID: message.subID.nonEmpty,
            valueType: message.valueType, value: message.value,
            valueCoding: message.hasValueCoding ? Coding(wire: message.valueCoding) : nil,
            unit: message.hasUnit ? Coding(wire: message.unit) : nil, referenceRange: message.referenceRange.nonEmpty,
            flags: message.flags, status: message.status, method: message.method.nonEmpty,
            observedTime: message.observedTime.nonEmpty, notes: message.notes)
    }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}
