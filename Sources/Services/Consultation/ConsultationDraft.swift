import Effects
import Regions
package import ServiceKit
import WorkflowKit

/// What somebody fills in to ask for a remote diagnosis.
package struct ConsultationDraft: Sendable {
    /// A kind of the region's service levels, such as `ecg-emergency`.
    package var kind: String
    package var content: ConsultationContent
    /// Who asks: on the patient's consent to passing the data on; without one it is an emergency, with its reason.
    package var asking: Asking

    package init(kind: String, content: ConsultationContent, asking: Asking) {
        self.kind = kind
        self.content = content
        self.asking = asking
    }

    /// - Throws: `consultation.noUnit`, `.noPatient`, `.tooLarge`.
    func check() throws { try CaseDraft<ConsultationWorkflow>.check(content, asking) }

    /// - Throws: what ``check()`` throws; `consultation.unknownKind` where the region has agreed on
    ///   no such kind.
    func checked(at context: NodeContext) throws -> CaseDraft<ConsultationWorkflow> {
        try check()
        guard let level = context.region.current.serviceLevel(kind) else {
            throw Failure(
                "consultation.unknownKind", "the region has agreed on no such kind of request",
                remedy: KnownWord.remedy(for: kind, among: context.region.current.serviceLevels.map(\.kind)))
        }
        var asking = asking
        asking.purpose = asking.consent == nil ? .emergency : .consultation
        return CaseDraft(
            terms: ConsultationTerms(level, requestedTime: context.now), content: content, asking: asking)
    }
}
