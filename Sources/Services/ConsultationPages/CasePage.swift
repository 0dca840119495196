import ConsoleKit
import Consultation
import Effects
import Regions
import ServiceKit

/// One case as it was opened: the question, what was reported, what happened, and what can be done now.
enum CasePage {
    static func page(
        _ visit: PageVisit, errors: FormErrors = FormErrors()
    ) async throws -> Page {
        let words = visit.words
        let id = visit.request.query["id"].isEmpty ? visit.request.form["id"] : visit.request.query["id"]
        let me = try visit.practitioner()
        let file = try await visit.ask(
            ConsultationEndpoints.read, .init(request: id, practitioner: me, unit: visit.visitor.unit))
        let request = file.consultation
        let heading = "\(request.kind)：\(words(ConsultationWork.stateWord(request.state)))"
        let main =
            question(file, visit) + reports(file, visit) + forms(file, me: me, errors, visit)
        return Page(
            words("A case", "一份病例"), eyebrow: words("Work list · a case", "工作单 · 病例"),
            heading: words("\(request.kind): \(words(ConsultationWork.stateWord(request.state)))", heading),
            status: errors.isEmpty ? 200 : 422,
            watermark: visit.watermark,
            Columns(main, aside: steps(request, visit)).html(in: visit.scene))
    }

    private static func question(_ file: ConsultationFileInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        guard file.isContentHere else {
            return Banner(
                .stale, words("The content is not here yet", "内容还没有到"),
                words("It follows by itself; the header came first.", "题头先到，内容会自动补来。")
            ).html(in: visit.scene)
        }
        let patient = words.person(file.patientName, sex: file.patientSex, birthDate: file.patientBirthDate)
        var pairs: [(String, HTML)] = [
            (words("Patient", "患者"), HTML(patient)), (words("Asked", "问题"), HTML(file.reason ?? "–")),
            (words("Summary", "病情"), HTML(file.clinicalSummary ?? "–")),
        ]
        if !file.attachments.isEmpty {
            let names = file.attachments.map { "\($0.title) (\(words.bytes($0.sizeBytes)))" }
            pairs.append((words("Documents", "文件"), HTML(names.joined(separator: words(", ", "、")))))
        }
        return PageSection("question", words("The question", "申请"), Pairs(pairs).html(in: visit.scene))
            .html(in: visit.scene)
    }

    /// Every version of every attempt: where two reported, both stand there.
    private static func reports(_ file: ConsultationFileInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        guard !file.reports.isEmpty else { return .empty }
        let parts = file.reports.map { report -> HTML in
            let time = (try? WallTime(text: report.at)).map { Moment($0).full } ?? report.at
            return Pairs([
                (words("Expert", "专家"), HTML("\(report.expertName) · \(time)")),
                (words("Findings", "所见"), HTML(report.findings)),
                (words("Conclusion", "结论"), "<b>\(report.conclusion)</b>"),
            ]).html(in: visit.scene)
        }
        return PageSection("reports", words("Reports", "报告"), HTML(parts)).html(in: visit.scene)
    }

    private static func forms(
        _ file: ConsultationFileInfo, me: String, _ errors: FormErrors, _ visit: PageVisit
    ) -> HTML {
        let words = visit.words
        let request = file.consultation
        guard let attempt = request.attempts.last else { return .empty }
        let hidden = ["id": request.request, "attempt": "\(attempt.number)"]
        if attempt.claimant == me, ["claimed", "escalated"].contains(attempt.state) {
            let form = visit.request.form
            let view = FormView(
                "/consultations/report",
                [
                    FormField(
                        "findings", words("Findings", "所见"), .long, value: form["findings"], isRequired: true,
                        limit: 4_000),
                    FormField(
                        "conclusion", words("Conclusion", "结论"), .long, value: form["conclusion"], isRequired: true,
                        limit: 2_000),
                ], hidden: hidden, errors: errors, submit: words("Sign and report", "签发报告"))
            return PageSection("report", words("Your report", "您的报告"), view.html(in: visit.scene)).html(in: visit.scene)
        }
        if attempt.state == "reported", visit.visitor.roles.contains(.doctor), request.requester == visit.node.id {
            let view = FormView(
                "/consultations/acknowledge", [], hidden: hidden, submit: words("Take note of the report", "确认报告"))
            return PageSection("acknowledge", words("Take note", "确认"), view.html(in: visit.scene)).html(
                in: visit.scene)
        }
        return .empty
    }

    private static func steps(_ request: ConsultationInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let items = request.attempts.flatMap { attempt in
            attempt.steps.map { step in
                Timeline.Item(
                    try? WallTime(text: step.at),
                    "\(words(ConsultationWork.stateWord(step.event))) <small class=\"note\">\(step.actor) \(step.node)</small>"
                )
            }
        }
        return PageSection("steps", words("What happened", "经过"), Timeline(items).html(in: visit.scene))
            .html(in: visit.scene)
    }

    static func report(_ visit: PageVisit) async throws -> PageOutcome {
        let words = visit.words
        var errors = FormErrors()
        for (field, text) in [
            ("findings", words("findings are wanted", "请写所见")), ("conclusion", words("a conclusion is wanted", "请写结论")),
        ] where visit.request.form[field].isEmpty { errors.add(field, text) }
        guard errors.isEmpty else { return .page(try await page(visit, errors: errors)) }
        let action = try ConsultationWork.action(visit)
        _ = try await visit.ask(ConsultationEndpoints.report, action)
        return .redirect(
            ConsultationWork.address(action.request), notice: Wording("The report is on disk.", "报告已落盘。"))
    }
}
