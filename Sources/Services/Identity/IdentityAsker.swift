package import ServiceKit

/// Who works with identities, where and why: what an access statement needs besides the person.
package struct IdentityAsker: Sendable, Equatable {
    package var practitioner: String
    package var organizationUnit: String
    package var purpose: AccessStatement.Purpose
    package var consent: String?
    package var breakGlassReason: String?
    /// The number of the order, encounter, request or review for which somebody asks.
    package var order: String?
    /// The hospital's system that brings the question; empty: none does.
    package var system: String

    package init(
        practitioner: String, organizationUnit: String, purpose: AccessStatement.Purpose, consent: String? = nil,
        breakGlassReason: String? = nil, order: String? = nil, system: String = ""
    ) {
        self.practitioner = practitioner
        self.organizationUnit = organizationUnit
        self.purpose = purpose
        self.consent = consent
        self.breakGlassReason = breakGlassReason
        self.order = order
        self.system = system
    }
}
