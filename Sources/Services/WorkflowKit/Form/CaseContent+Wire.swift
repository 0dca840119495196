import Foundation
import ServiceKit
import SwiftProtobuf
import Wire

extension CaseContent: ProtobufWireValue {
    package func wire() throws -> PBCaseContent {
        var message = PBCaseContent()
        if patient != PatientDemographics(identifiers: []) { message.patient = patient.wire() }
        message.values = values.sorted { $0.key < $1.key }.map { name, text in
            var value = PBCaseValue()
            value.field = name
            value.text = text
            return value
        }
        message.attachments = attachments.map { attachment in
            var part = PBCaseAttachment()
            part.contentType = attachment.contentType
            part.title = attachment.title
            part.bytes = Data(attachment.bytes)
            return part
        }
        message.references = references
        message.orderNumber = orderNumber
        if let statement { message.statement = statement.wire() }
        message.actor = actor
        message.actorName = actorName
        message.nonce = Data(nonce)
        return message
    }

    package init(wire message: PBCaseContent) throws {
        self.init(
            patient: message.hasPatient
                ? PatientDemographics(wire: message.patient) : PatientDemographics(identifiers: []),
            values: Dictionary(message.values.map { ($0.field, $0.text) }, uniquingKeysWith: { first, _ in first }),
            attachments: message.attachments.map {
                CaseAttachment(contentType: $0.contentType, title: $0.title, bytes: [UInt8]($0.bytes))
            },
            references: message.references, orderNumber: message.orderNumber, actor: message.actor,
            actorName: message.actorName, nonce: [UInt8](message.nonce))
        statement = message.hasStatement ? try SignedAccessStatement(wire: message.statement) : nil
    }
}
