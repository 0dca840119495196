import Effects
import Regions
package import ServiceKit

/// What somebody fills in to make a case about a patient.
package struct CaseOrderInfo: Codable, Sendable, Equatable {
    /// One of the kinds of case that the region agreed on.
    package var kind: String
    package var identifierType: String
    package var identifierAuthority: String
    package var identifier: String
    package var patientName: String
    package var patientSex: String?
    package var patientBirthDate: String?
    package var practitioner: String
    package var unit: String?
    package var consent: String?
    package var breakGlassReason: String?
    /// The hospital system's own number.
    package var orderNumber: String?
    /// By the fields of the case's form.
    package var values: [CaseValue]
    /// Entries that belong to it: recognised results, other cases.
    package var references: [String]

    package init(
        kind: String, identifierType: String = "citizenID", identifierAuthority: String = "CN", identifier: String,
        patientName: String, patientSex: String? = nil, patientBirthDate: String? = nil, practitioner: String,
        unit: String? = nil, consent: String? = nil, breakGlassReason: String? = nil, orderNumber: String? = nil,
        values: [CaseValue], references: [String] = []
    ) {
        self.kind = kind
        self.identifierType = identifierType
        self.identifierAuthority = identifierAuthority
        self.identifier = identifier
        self.patientName = patientName
        self.patientSex = patientSex
        self.patientBirthDate = patientBirthDate
        self.practitioner = practitioner
        self.unit = unit
        self.consent = consent
        self.breakGlassReason = breakGlassReason
        self.orderNumber = orderNumber
        self.values = values
        self.references = references
    }

    /// What was written, about whom.
    ///
    /// - Throws: `console.badRequest` where the identifier or the sex is none; the workflow's code of ``CaseFault/badContent``.
    package func content<W: Workflow>(of workflow: W.Type, at context: NodeContext) throws -> CaseContent {
        let person = try AskingReader(context).identifier(
            type: identifierType, authority: identifierAuthority, value: identifier)
        if let sex = patientSex { try KnownWord.check(sex, what: "sex", among: ["M", "F", "O", "U"]) }
        return CaseContent(
            patient: PatientDemographics(
                identifiers: [person], name: patientName, birthDate: patientBirthDate, sex: patientSex),
            values: try values.byField(of: W.self), references: references, orderNumber: orderNumber ?? "")
    }

    /// Who asks, on which ground: without the patient's consent it is an emergency.
    package func asking(for purpose: AccessStatement.Purpose, at context: NodeContext) throws -> Asking {
        Asking(
            practitioner: practitioner, organizationUnit: try AskingReader(context).unit(unit),
            purpose: consent == nil ? .emergency : purpose, consent: consent, breakGlassReason: breakGlassReason)
    }
}
