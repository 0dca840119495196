import ConsoleKit
import Effects
import Referral
import ServiceKit
import WorkflowKit
import WorkflowPages

/// The page that refers a patient: of which kind, what was found, why; whom to ask is the next step.
enum ReferralWriting {
    private static func form(_ visit: PageVisit) async throws -> CaseOrderForm {
        let words = visit.words
        let levels = try await visit.ask(ReferralEndpoints.levels)
        let forms = try await visit.ask(ReferralEndpoints.cases.forms)
        return CaseOrderForm(
            forms.first { $0.event == ReferralWorkflow.table.name },
            kinds: levels.map { .init($0.kind, "\($0.name)（\(words(ReferralTexts.direction($0.direction)))）") },
            kindLabel: Wording("Kind of referral", "转诊种类"), consentHint: Wording("to the referral", "患者同意转诊"),
            consentWanted: Wording("a referral needs the patient's consent, or a reason", "转诊须有患者同意，或紧急理由"),
            path: "/referrals/new", texts: ReferralTexts.choice)
    }

    static func page(_ visit: PageVisit, errors: FormErrors = FormErrors()) async throws -> Page {
        let words = visit.words
        let (html, showsPerson) = try await form(visit).html(
            visit, errors: errors, submit: Wording("Write the referral", "写下转诊"),
            back: .link(words("Back to the list", "回到列表"), "/referrals", style: .quiet))
        return Page(
            words("Refer a patient", "转诊一名患者"), eyebrow: words("Referrals · new", "转诊 · 新写"),
            heading: words("Whom do you refer, and why?", "转谁，为什么？"),
            lead: HTML(
                words(
                    "It is written at this node under your name. Whom you ask to take the patient is the next step.",
                    "以您的名义写在本节点。请谁接收是下一步。")),
            status: errors.isEmpty ? 200 : 422, stamp: .nothingDone, watermark: showsPerson ? visit.watermark : nil,
            html)
    }

    static func write(_ visit: PageVisit) async throws -> PageOutcome {
        var errors = FormErrors()
        guard let order = try await form(visit).order(visit, &errors) else {
            return .page(try await page(visit, errors: errors))
        }
        let created = try await visit.once { try await visit.ask(ReferralEndpoints.write, order) }
        return .redirect(
            ReferralWork.address(created.id),
            notice: Wording("The referral is on disk. Ask somebody to take the patient.", "转诊已落盘。请选择由谁接收。"))
    }
}
