import EdgeKit
import Effects
import FHIR
import Referral
import ServiceKit
import WorkflowKit

/// What a ServiceRequest says: a referral, ready to be written.
struct FHIRReferralMapping: Sendable {
    var draft: ReferralDraft?
    /// Why it is none.
    var problems: [OperationOutcome.Issue]
    /// What of the resource is not carried.
    var warnings: [OperationOutcome.Issue]
}

/// Reads referrals (ServiceRequest): pure, the same resource gives the same draft.
///
/// `performer` is who is asked, `orderDetail` what is wanted, `reasonCode` why; diagnoses are Conditions, results that the
/// region recognised are named by their entries.
struct FHIRReferralMapper: Sendable {
    private static let elements: Set<String> = ["performer", "orderDetail"]

    let unit: String
    let now: WallTime

    func map(_ resource: FHIRResource) -> FHIRReferralMapping {
        var findings = FHIRFindings()
        let reader = FHIROrderReader(
            kinds: ReferralSource.kinds, taking: [.results], elements: Self.elements, now: now)
        let order = reader.order(resource, &findings)
        let receiver = receiver(resource, &findings)
        guard let order, !findings.isRefused else {
            return FHIRReferralMapping(draft: nil, problems: findings.issues, warnings: findings.warnings)
        }
        let content = order.content
        let wanted = resource.items("orderDetail").compactMap(Self.words)
        let values = [
            "diagnosis": content.diagnoses.joined(separator: "\n"), "summary": content.findings.joined(separator: "\n"),
            "reason": content.reason, "wanted": wanted.joined(separator: "\n"),
        ]
        let draft = ReferralDraft(
            kind: order.kind,
            content: CaseContent(
                patient: order.patient, values: values.filter { !$0.value.isEmpty },
                attachments: content.attachments, references: content.results, orderNumber: order.number.kept),
            asking: Asking(
                referring: order.practitioner, of: unit, consent: content.consent,
                breakGlassReason: content.breakGlassReason),
            receiver: receiver)
        return FHIRReferralMapping(draft: draft, problems: [], warnings: findings.warnings)
    }

    private func receiver(_ resource: FHIRResource, _ findings: inout FHIRFindings) -> String? {
        let performers = resource.items("performer")
        guard performers.count <= 1 else {
            findings.refuse(.value, "one unit is asked at a time", "ServiceRequest.performer")
            return nil
        }
        guard let performer = performers.first else { return nil }
        guard let name = FHIRElement.text(performer["identifier"]?["value"])?.trimmed.nonEmpty else {
            findings.refuse(
                .value, "the unit that is asked is named by its id or code (performer.identifier)",
                "ServiceRequest.performer")
            return nil
        }
        return name
    }

    private static func words(_ concept: JSONValue) -> String? {
        concept["text"]?.string?.trimmed.nonEmpty
            ?? FHIRElement.items(concept["coding"]).lazy.compactMap {
                $0["display"]?.string?.trimmed.nonEmpty ?? $0["code"]?.string?.trimmed.nonEmpty
            }.first
    }
}
