package import Consultation
import EdgeKit
package import Effects
package import FHIR
import ServiceKit

/// What a ServiceRequest says: an order of a remote diagnosis, ready to be made a request.
package struct FHIRRequestMapping: Sendable {
    package var draft: ConsultationDraft?
    /// Why it is none.
    package var problems: [OperationOutcome.Issue]
    /// What of the resource is not carried.
    package var warnings: [OperationOutcome.Issue]
}

/// Reads orders of remote diagnoses (ServiceRequest): pure, the same resource gives the same draft.
package struct FHIRRequestMapper: Sendable {
    /// The coding system of kinds of request, as the region agreed on them.
    package static let kinds = "urn:yilian:consultation:kind"

    private let unit: String
    private let now: WallTime

    package init(unit: String, now: WallTime) {
        self.unit = unit
        self.now = now
    }

    package func map(_ resource: FHIRResource) -> FHIRRequestMapping {
        var findings = FHIRFindings()
        guard let order = FHIROrderReader(kinds: Self.kinds, now: now).order(resource, &findings) else {
            return FHIRRequestMapping(draft: nil, problems: findings.issues, warnings: findings.warnings)
        }
        let content = order.content
        let draft = ConsultationDraft(
            kind: order.kind,
            content: ConsultationContent(
                patient: order.patient, clinicalSummary: content.summary, reason: content.reason,
                attachments: content.attachments, orderNumber: order.number.kept),
            asking: Asking(
                practitioner: order.practitioner, organizationUnit: unit, purpose: .consultation,
                consent: content.consent, breakGlassReason: content.breakGlassReason))
        return FHIRRequestMapping(draft: draft, problems: [], warnings: findings.warnings)
    }
}
