import Effects
import Regions

/// Reads what operators say when they ask about a person: about whom, who asks, where and why.
package struct AskingReader: Sendable {
    private let context: NodeContext

    package init(_ context: NodeContext) { self.context = context }

    package func identifier(_ info: IdentifierInfo) throws -> PatientIdentifier {
        try identifier(type: info.type, authority: info.authority, value: info.value)
    }

    package func identifier(_ question: RecordQuestion) throws -> PatientIdentifier {
        try identifier(
            type: question.identifierType, authority: question.identifierAuthority, value: question.identifier)
    }

    /// A person's identifier in the form in which identities hold it.
    package func identifier(type: String, authority: String, value: String) throws -> PatientIdentifier {
        guard type == PatientIdentifier.citizenIDType else {
            return PatientIdentifier(type: type, authority: authority, value: value)
        }
        do {
            let checked = try CitizenID(value, now: context.now)
            return PatientIdentifier(
                type: PatientIdentifier.citizenIDType, authority: "CN", value: checked.rawValue)
        } catch let failure as Failure {
            // The number itself stands in no error text.
            throw Failure(
                failure.code, "the citizen identity number is not one: its digits, date or check character are wrong",
                remedy: "compare it with the card; name another kind of identifier with --type")
        }
    }

    /// Who asks, where and why.
    ///
    /// - Throws: `access.incomplete` where nobody is named, or an unknown purpose or unit.
    package func asking(_ question: RecordQuestion) throws -> Asking {
        guard !question.practitioner.isEmpty else {
            throw Failure(
                "access.incomplete", "the question does not say who asks", remedy: "give --practitioner")
        }
        return Asking(
            practitioner: question.practitioner, organizationUnit: try unit(question.unit),
            purpose: AccessStatement.Purpose(
                rawValue: try KnownWord.check(
                    question.purpose, what: "purpose", among: context.purposes.words, code: "access.incomplete")),
            consent: question.consent, breakGlassReason: question.breakGlassReason, order: question.order)
    }

    /// The unit of this node that is wanted; the node's first where none is named.
    package func unit(_ name: String?) throws -> String {
        let units = context.region.current.organizationUnits(at: context.node)
        guard let wanted = name else { return units.first?.id.rawValue ?? "" }
        guard units.contains(where: { $0.id.rawValue == wanted }) else {
            throw Failure(
                "access.incomplete", "the unit '\(wanted.prefix(80))' does not belong to this node",
                remedy: KnownWord.remedy(for: wanted, among: units.map(\.id.rawValue)))
        }
        return wanted
    }
}
