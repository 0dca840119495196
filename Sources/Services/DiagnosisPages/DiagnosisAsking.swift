import ConsoleKit
import Diagnosis
import Effects
import ServiceKit
import WorkflowKit
import WorkflowPages

/// The page that asks for a diagnosis: of which kind, what was found, what is asked.
enum DiagnosisAsking {
    private static func form(_ visit: PageVisit) async throws -> CaseOrderForm {
        let words = visit.words
        let levels = try await visit.ask(DiagnosisEndpoints.levels)
        let forms = try await visit.ask(DiagnosisEndpoints.cases.forms)
        return CaseOrderForm(
            forms.first { $0.event == DiagnosisWorkflow.table.name },
            kinds: levels.map { .init($0.kind, "\($0.name)（\(words(DiagnosisTexts.modality($0.modality)))）") },
            kindLabel: Wording("Kind of diagnosis", "诊断种类"),
            consentHint: Wording("to passing the data on", "患者同意传送资料"),
            consentWanted: Wording("a diagnosis needs the patient's consent, or a reason", "申请诊断须有患者同意，或紧急理由"),
            path: "/diagnoses/new", texts: DiagnosisTexts.texts.choice)
    }

    static func page(_ visit: PageVisit, errors: FormErrors = FormErrors()) async throws -> Page {
        let words = visit.words
        let (html, showsPerson) = try await form(visit).html(
            visit, errors: errors, submit: Wording("Ask for the diagnosis", "提交申请"),
            back: .link(words("Back to the list", "回到列表"), "/diagnoses", style: .quiet))
        return Page(
            words("Ask for a diagnosis", "申请诊断"), eyebrow: words("Diagnoses · new", "远程诊断 · 新申请"),
            heading: words("Who was examined, and what do you ask?", "检查了谁，请诊断什么？"),
            lead: HTML(
                words(
                    "The county group offers it to its experts by itself; what is overdue goes on to the city.",
                    "县域集团会自动派给专家；超时的自动转给市里。")),
            status: errors.isEmpty ? 200 : 422, stamp: .nothingDone, watermark: showsPerson ? visit.watermark : nil,
            html)
    }

    static func ask(_ visit: PageVisit) async throws -> PageOutcome {
        var errors = FormErrors()
        guard let order = try await form(visit).order(visit, &errors) else {
            return .page(try await page(visit, errors: errors))
        }
        let created = try await visit.once { try await visit.ask(DiagnosisEndpoints.request, order) }
        return .redirect(
            DiagnosisWork.address(created.id), notice: Wording("The request is on disk and on its way.", "申请已落盘，正在派出。"))
    }
}
