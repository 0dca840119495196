import DICOM
import EdgeKit
import Effects
import ServiceKit

extension PatientDemographics {
    /// A patient's number as it lies here.
    static func number(_ value: String, now: WallTime) -> String? {
        IdentifierRule.identifier(value: value, type: IdentifierRule.internalType, authority: "", now: now)?.value
    }

    /// Whose an instance says that it is, by the rules for messages of other kinds.
    init(_ instance: DICOMInstance, now: WallTime) {
        let dataset = instance.dataset
        let identifier = dataset.text(.patientID).flatMap { value in
            IdentifierRule.identifier(
                value: value, type: IdentifierRule.internalType, authority: dataset.text(.patientIDIssuer) ?? "",
                now: now)
        }
        self.init(
            identifiers: [identifier].compactMap { $0 }, name: dataset.text(.patientName),
            birthDate: dataset.text(.patientBirthDate), sex: dataset.text(.patientSex).map(PersonRule.sex))
    }
}
