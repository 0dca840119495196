import EdgeKit
import Effects
import FHIR
import Ledgers
package import Referral
package import ServiceKit
import WorkflowKit

/// Referrals go to the hospital that is asked, and what becomes of them back to the one that wrote them.
extension ReferralService: CaseOutbox {
    package typealias Cases = ReferralWorkflow
    package static var outgoingKind: OutgoingKind { .cases }

    package func content(of notice: OutgoingNotice, for systems: [String]) async throws -> OutgoingContent? {
        guard let told = try await told(try EntryID(notice.key), to: systems) else { return nil }
        return OutgoingContent(hl7: { HL7ReferralWriter(told).text($0) }, fhir: update(told))
    }

    /// The Task of the referral with the referral in it; the later one replaces the earlier one.
    private func update(_ told: ToldReferral) -> OutgoingContent.Update {
        let system = "urn:yilian:referral"
        var task = CaseTask(ReferralSource(service: self), told.record).json.object ?? JSONObject()
        task["identifier"] = [["system": .string(system), "value": .string(told.record.id.description)]]
        var request = FHIRReferralWriter(told).request(told.content)
        // What is contained contains nothing itself: everything lies in the Task.
        let inner = request["contained"]?.items ?? []
        request["contained"] = nil
        request["id"] = "request"
        task["contained"] = .array([.object(request)] + inner)
        task["focus"] = ["reference": "#request"]
        let target = "Task?identifier=" + PercentCoding.encode("\(system)|\(told.record.id)")
        return OutgoingContent.Update(target: target, body: JSONPrinter.bytes(.object(task)))
    }
}
