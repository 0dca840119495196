import AdverseEvents
import ConsoleKit
import Effects
import ServiceKit
import WorkflowKit
import WorkflowPages

/// The page by which anybody who works at the hospital reports what went wrong or nearly did; nobody needs to say who they are.
enum AdverseReporting {
    static func page(_ visit: PageVisit, errors: FormErrors = FormErrors()) async throws -> Page {
        let (words, form) = (visit.words, visit.request.form)
        let levels = try await visit.ask(AdverseEndpoints.levels)
        let title = words("Report an event", "报告不良事件")
        guard !levels.isEmpty else {
            let empty = EmptyState(
                words("The region has agreed on no grades", "区域还没有约定级别"),
                words("They stand in the region's configuration.", "它们写在区域配置里。"))
            return Page(title, heading: words("Nothing can be reported yet", "现在还不能报告"), empty.html(in: visit.scene))
        }
        let fields = [
            FormField(
                "grade", words("Grade", "级别"),
                .choice([.init("", words("choose", "请选择"))] + levels.map { .init($0.grade, $0.name) }),
                value: form["grade"], isRequired: true),
            FormField(
                "kind", words("What kind of thing", "事件类别"),
                .choice(
                    [.init("", words("choose", "请选择"))]
                        + AdverseClass.allCases.map { .init($0.rawValue, words(AdverseTexts.kind($0.rawValue))) }),
                value: form["kind"], isRequired: true),
        ]
        let written = try await self.form(visit)
        let signed = FormField(
            "signed", words("Who reports", "报告者"),
            .radio([.init("no", words("without my name", "匿名")), .init("yes", words("in my name", "写上我的工号"))]),
            hint: words("your choice; stays at this node", "由您决定；只留在本节点"),
            value: form["signed"].isEmpty ? "no" : form["signed"])
        let view = FormView(
            "/adverse-events/new", fields + written.fields + [signed], hidden: try visit.once(), errors: errors,
            submit: words("Report it", "报告"))
        return Page(
            title, heading: words("What happened?", "发生了什么？"),
            lead: HTML(
                words(
                    "No names and no numbers of persons: controllers of others read it, too.",
                    "不写姓名和号码：其他机构的质控人员也会读到。")),
            status: errors.isEmpty ? 200 : 422, stamp: .nothingDone, view.html(in: visit.scene))
    }

    private static func form(_ visit: PageVisit) async throws -> CaseFormFields {
        let forms = try await visit.ask(AdverseEndpoints.cases.forms)
        return CaseFormFields(
            forms.first { $0.event == AdverseWorkflow.table.name }, prefix: "e-", visit, choices: AdverseTexts.choice)
    }

    static func report(_ visit: PageVisit) async throws -> PageOutcome {
        let (words, given) = (visit.words, visit.request.form)
        let fields = try await form(visit)
        var errors = FormErrors()
        if given["grade"].isEmpty { errors.add("grade", words("choose the grade", "请选择级别")) }
        if given["kind"].isEmpty { errors.add("kind", words("choose what kind of thing it was", "请选择事件类别")) }
        fields.check(&errors)
        guard errors.isEmpty else { return .page(try await page(visit, errors: errors)) }
        // Whoever reports without a name is written nowhere, not as the account either.
        let isSigned = given["signed"] == "yes"
        let report = AdverseEndpoints.Report(
            grade: given["grade"], kind: given["kind"], unit: visit.visitor.unit,
            reporter: isSigned ? visit.visitor.practitioner ?? visit.visitor.account : nil, values: fields.values)
        _ = try await visit.once { try await visit.ask(AdverseEndpoints.report, report) }
        return .redirect(
            "/adverse-events/new",
            notice: Wording("Thank you. It is on disk, and a controller looks at it.", "谢谢。已落盘，质控人员会处理。"))
    }
}
