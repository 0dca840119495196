import Foundation
import ServiceKit
import SwiftProtobuf
import Wire

extension ConsultationContent: ProtobufWireValue {
    package func wire() throws -> PBConsultationContent {
        var message = PBConsultationContent()
        message.patient.identifiers = patient.identifiers.map { identifier in
            var part = PBConsultationIdentifier()
            part.type = identifier.type
            part.authority = identifier.authority
            part.value = identifier.value
            return part
        }
        message.patient.name = patient.name
        message.patient.birthDate = patient.birthDate
        message.patient.sex = patient.sex
        message.clinicalSummary = clinicalSummary
        message.reason = reason
        message.attachments = attachments.map { attachment in
            var part = PBConsultationAttachment()
            part.contentType = attachment.contentType
            part.title = attachment.title
            part.bytes = Data(attachment.bytes)
            return part
        }
        message.orderNumber = orderNumber
        message.statement = Data(try statement?.wireBytes() ?? [])
        return message
    }

    package init(wire message: PBConsultationContent) throws {
        patient = ConsultationPatient(
            identifiers: message.patient.identifiers.map {
                ConsultationPatient.Identifier(type: $0.type, authority: $0.authority, value: $0.value)
            }, name: message.patient.name, birthDate: message.patient.birthDate, sex: message.patient.sex)
        clinicalSummary = message.clinicalSummary
        reason = message.reason
        attachments = message.attachments.map {
            ConsultationAttachment(contentType: $0.contentType, title: $0.title, bytes: [UInt8]($0.bytes))
        }
        orderNumber = message.orderNumber
        statement = message.statement.isEmpty ? nil : try SignedAccessStatement(wireBytes: [UInt8](message.statement))
    }
}
