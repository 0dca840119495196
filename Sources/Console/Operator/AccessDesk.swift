import Effects
import Identity
import NodeRuntime
import Recognition
import Regions
import ServiceKit

/// Makes the access statements on which an operator's questions about a person rest.
struct AccessDesk {
    let setup: ConsoleSetup

    func inquiry(_ question: RecordQuestion) throws -> RecognitionService.Inquiry {
        RecognitionService.Inquiry(
            identifier: try identifier(question), practitioner: try practitioner(question),
            organizationUnit: try unit(question), purpose: try purpose(question), consent: question.consent,
            breakGlassReason: question.breakGlassReason, order: question.order,
            limit: question.limit ?? Limits.queryResults)
    }

    /// Who works with identities.
    func asker(_ question: RecordQuestion) throws -> IdentityAsker {
        IdentityAsker(
            practitioner: try practitioner(question), organizationUnit: try unit(question),
            purpose: try purpose(question), consent: question.consent, breakGlassReason: question.breakGlassReason,
            order: question.order)
    }

    func identifier(_ info: IdentifierInfo) throws -> PatientIdentifier {
        try identifier(type: info.type, authority: info.authority, value: info.value)
    }

    func identifier(_ question: RecordQuestion) throws -> PatientIdentifier {
        try identifier(
            type: question.identifierType, authority: question.identifierAuthority, value: question.identifier)
    }

    /// A person's identifier in the form in which identities hold it.
    func identifier(type: String, authority: String, value: String) throws -> PatientIdentifier {
        guard type == PatientIdentifier.citizenIDType else {
            return PatientIdentifier(type: type, authority: authority, value: value)
        }
        do {
            let checked = try CitizenID(value, now: setup.now)
            return PatientIdentifier(
                type: PatientIdentifier.citizenIDType, authority: "CN", value: checked.rawValue)
        } catch let failure as Failure {
            // The number itself stands in no error text.
            throw Failure(
                failure.code, "the citizen identity number is not one: its digits, date or check character are wrong",
                remedy: "compare it with the card; name another kind of identifier with --type")
        }
    }

    private func practitioner(_ question: RecordQuestion) throws -> String {
        guard !question.practitioner.isEmpty else {
            throw Failure(
                "access.incomplete", "the question does not say who asks", remedy: "give --practitioner")
        }
        return question.practitioner
    }

    private func purpose(_ question: RecordQuestion) throws -> AccessStatement.Purpose {
        try KnownWord.value(question.purpose, what: "purpose", code: "access.incomplete")
    }

    private func unit(_ question: RecordQuestion) throws -> String { try unit(question.unit) }

    /// The unit of this node that is wanted; the node's first where none is named.
    func unit(_ name: String?) throws -> String {
        let units = setup.region.organizationUnits(at: setup.node.context.node)
        guard let wanted = name else { return units.first?.id.rawValue ?? "" }
        guard units.contains(where: { $0.id.rawValue == wanted }) else {
            throw Failure(
                "access.incomplete", "the unit '\(wanted.prefix(80))' does not belong to this node",
                remedy: KnownWord.remedy(for: wanted, among: units.map(\.id.rawValue)))
        }
        return wanted
    }
}
