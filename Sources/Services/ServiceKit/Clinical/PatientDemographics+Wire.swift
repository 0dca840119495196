import SwiftProtobuf
import Wire

extension PatientDemographics: ProtobufWireValue {
    package func wire() -> PBPerson {
        var message = PBPerson()
        message.identifiers = identifiers.map { $0.wire() }
        message.name = name ?? ""
        message.birthDate = birthDate ?? ""
        message.sex = sex ?? ""
        return message
    }

    package init(wire message: PBPerson) {
        self.init(
            identifiers: message.identifiers.map(PatientIdentifier.init(wire:)),
            name: message.name.isEmpty ? nil : message.name,
            birthDate: message.birthDate.isEmpty ? nil : message.birthDate,
            sex: message.sex.isEmpty ? nil : message.sex)
    }
}

extension PatientIdentifier: ProtobufWireValue {
    package func wire() -> PBIdentifier {
        var message = PBIdentifier()
        message.type = type
        message.authority = authority
        message.value = value
        message.former = isFormer
        return message
    }

    package init(wire message: PBIdentifier) {
        self.init(
            type: message.type, authority: message.authority, value: message.value, isFormer: message.former)
    }
}
