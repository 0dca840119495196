import EdgeKit
import Effects
import Ledgers
import Referral
import ServiceKit
import WorkflowKit

/// A referral as a hospital's system writes it: of which kind, what it says, who asks, and whom.
struct ReferralDraft: Sendable {
    var kind: String
    var content: CaseContent
    var asking: Asking
    /// The unit or node that is asked; none: nobody is asked yet.
    var receiver: String?

    /// Writes it, and offers it in the same moment where somebody is named.
    func write(
        to service: ReferralService,
        alongside: @escaping @Sendable (CreatedCase<ReferralWorkflow>, LedgerTransaction) throws -> Void = { _, _ in }
    ) async throws -> CreatedCase<ReferralWorkflow> {
        let receiver = try receiver.map { try service.receiver(named: $0) }
        return try await service.write(kind, content, asking, to: receiver, alongside: alongside)
    }
}

extension Asking {
    /// Somebody refers a patient: with consent for the treatment, without one in an emergency.
    init(referring practitioner: String, of unit: String, consent: String?, breakGlassReason: String?) {
        self.init(
            practitioner: practitioner, organizationUnit: unit, purpose: consent == nil ? .emergency : .treatment,
            consent: consent, breakGlassReason: breakGlassReason)
    }
}
