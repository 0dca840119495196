import Foundation
import ServiceKit
import SwiftProtobuf
import Wire

extension ConsultationContent: ProtobufWireValue {
    package func wire() throws -> PBConsultationContent {
        var message = PBConsultationContent()
        message.patient = patient.wire()
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
        if let statement { message.statement = statement.wire() }
        return message
    }

    package init(wire message: PBConsultationContent) throws {
        patient = PatientDemographics(wire: message.patient)
        clinicalSummary = message.clinicalSummary
        reason = message.reason
        attachments = message.attachments.map {
            ConsultationAttachment(contentType: $0.contentType, title: $0.title, bytes: [UInt8]($0.bytes))
        }
        orderNumber = message.orderNumber
        statement = message.hasStatement ? try SignedAccessStatement(wire: message.statement) : nil
    }
}
