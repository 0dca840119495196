package import ServiceKit

/// For whom a request or a message speaks: a hospital's system that has proved itself at a listener, or the operator who
/// brings a file of one.
package struct Principal: Hashable, Sendable {
    /// The hospital system as the node's file calls it, or the listener; for logs, statements and audits.
    package var system: String
    /// The institution as identities hold it: the id of its unit in the region.
    package var institution: String
    /// In which forms messages may come this way.
    package var forms: Set<MessageForm>
    /// For what the system asks about patients where a request names nothing else; none: it may not ask.
    package var purpose: AccessStatement.Purpose?
    /// The purposes that there are.
    package var knownPurposes: [AccessStatement.Purpose]
    /// Who asks where a request names nobody.
    package var practitioner: String?

    package init(
        system: String, institution: String, forms: Set<MessageForm> = [.hl7v2, .fhir],
        purpose: AccessStatement.Purpose? = nil, knownPurposes: [AccessStatement.Purpose] = PurposeList().all,
        practitioner: String? = nil
    ) {
        self.system = system
        self.institution = institution
        self.forms = forms
        self.purpose = purpose
        self.knownPurposes = knownPurposes
        self.practitioner = practitioner
    }
}

/// The forms that messages have.
package enum MessageForm: String, CaseIterable, Sendable {
    case hl7v2
    case fhir
}
