import ConsoleKit
import Diagnosis
import Effects
import ServiceKit
import WorkflowKit
import WorkflowPages

/// One diagnosis as it was opened: what was asked and answered, what happened, and what can be done now.
enum DiagnosisPage {
    private static let cases = DiagnosisEndpoints.cases

    static func page(_ visit: PageVisit, errors: FormErrors = FormErrors()) async throws -> Page {
        let words = visit.words
        let id = visit.request.query["id"].isEmpty ? visit.request.form["id"] : visit.request.query["id"]
        let me = try visit.practitioner()
        let file = try await visit.ask(cases.read, .init(id: id, practitioner: me, unit: visit.visitor.unit))
        let levels = try await visit.ask(DiagnosisEndpoints.levels)
        let experts = try await visit.ask(DiagnosisEndpoints.experts)
        let view = CaseFileView(file, try await visit.ask(cases.forms), DiagnosisTexts.texts, visit)
        let diagnosis = file.about
        let visitor = DiagnosisTexts.Visitor(
            node: visit.node.id, practitioner: me, isDoctor: visit.visitor.roles.contains(.doctor),
            isExpert: visit.visitor.roles.contains(.expert),
            mayAudit: experts.contains { $0.id == me && $0.capabilities.contains(DiagnosisWorkflow.auditing) },
            isAudited: levels.first { $0.kind == diagnosis.kind }?.auditSeconds != nil)
        let events = DiagnosisTexts.events(of: diagnosis, by: visitor).map(\.rawValue)
        let name = DiagnosisWork.name(of: diagnosis, levels)
        let state = words(DiagnosisTexts.state(diagnosis.state))
        return Page(
            words("A diagnosis", "一份诊断"), eyebrow: words("Diagnoses · one", "远程诊断 · 一份"),
            heading: words("\(name): \(state)", "\(name)：\(state)"),
            status: errors.isEmpty ? 200 : 422, watermark: visit.watermark,
            Columns(
                view.content(of: DiagnosisWorkflow.table.name) + specimens(diagnosis, visit)
                    + view.actions(events, to: "/diagnoses/act", errors: errors), aside: view.steps
            ).html(in: visit.scene))
    }

    /// Where its specimens are; nothing where it has none.
    private static func specimens(_ diagnosis: CaseInfo, _ visit: PageVisit) -> HTML {
        guard !diagnosis.items.isEmpty else { return "" }
        let words = visit.words
        let states: [String: Wording] = [
            "collected": Wording("taken", "已采集"), "inTransit": Wording("on its way", "运送中"),
            "received": Wording("there", "已接收"), "rejected": Wording("rejected", "已拒收"),
        ]
        let pairs = diagnosis.items.map { item in
            (item.name, HTML(words(states[item.state] ?? Wording(item.state, item.state))))
        }
        return PageSection("specimens", words("Specimens", "标本"), Pairs(pairs).html(in: visit.scene))
            .html(in: visit.scene)
    }

    static func act(_ visit: PageVisit) async throws -> PageOutcome {
        let given = visit.request.form
        let event = given["event"]
        let forms = try await visit.ask(cases.forms)
        let fields = CaseFormFields(
            forms.first { $0.event == event }, prefix: "\(event)-", visit, choices: DiagnosisTexts.texts.choice)
        var errors = FormErrors()
        fields.check(&errors)
        guard errors.isEmpty else { return .page(try await page(visit, errors: errors)) }
        _ = try await visit.ask(
            cases.act,
            .init(id: given["id"], event: event, practitioner: try visit.practitioner(), values: fields.values))
        return .redirect(DiagnosisWork.address(given["id"]), notice: Wording("It is written down.", "已记下。"))
    }
}
