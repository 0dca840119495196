package import ServiceKit

/// Who works with identities, where and why: what an access statement needs besides the person.
package struct IdentityAsker: Sendable, Equatable {
    package var practitioner: String
    package var organizationUnit: String
    package var purpose: AccessStatement.Purpose
    package var consent: String?
    package var breakGlassReason: String?

    package init(
        practitioner: String, organizationUnit: String, purpose: AccessStatement.Purpose, consent: String? = nil,
        breakGlassReason: String? = nil
    ) {
        self.practitioner = practitioner
        self.organizationUnit = organizationUnit
        self.purpose = purpose
        self.consent = consent
        self.breakGlassReason = breakGlassReason
    }
}
