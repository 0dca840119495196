import AdverseEvents
import ConsoleKit
import Effects
import ServiceKit
import WorkflowKit
import WorkflowPages

/// One adverse event as its controller opened it: what was written, what happened, and what can be done now.
enum AdversePage {
    private static let cases = AdverseEndpoints.cases

    static func page(_ visit: PageVisit, errors: FormErrors = FormErrors()) async throws -> Page {
        let words = visit.words
        let id = visit.request.query["id"].isEmpty ? visit.request.form["id"] : visit.request.query["id"]
        let file = try await visit.ask(
            cases.read, .init(id: id, practitioner: try visit.practitioner(), unit: visit.visitor.unit))
        let forms = try await visit.ask(cases.forms)
        let (event, kind) = (file.about, words(AdverseTexts.kind(file.about.topic)))
        let state = words(AdverseTexts.state(event.state))
        return Page(
            words("An adverse event", "一起不良事件"), eyebrow: words("Adverse events · one", "不良事件 · 一起"),
            heading: words("\(kind): \(state)", "\(kind)：\(state)"),
            lead: HTML(
                words(
                    "What was written stays at the node where it happened, and is for its quality controllers alone.",
                    "所写内容留在发生的节点，只给该机构的质控人员。")),
            status: errors.isEmpty ? 200 : 422, watermark: visit.watermark,
            Columns(
                content(file, forms, visit) + actions(event, forms, errors, visit), aside: steps(event, visit)
            ).html(in: visit.scene))
    }

    // MARK: What was written

    private static func content(_ file: CaseFileInfo, _ forms: [CaseFormInfo], _ visit: PageVisit) -> HTML {
        let words = visit.words
        var first = pairs(file.values, AdverseWorkflow.table.name, forms, visit)
        // At the unit's own node its controller reads all of it; elsewhere the node that was asked leaves them out.
        let patient = words.person(file.patientName, sex: file.patientSex, birthDate: file.patientBirthDate)
        if !patient.isEmpty { first.append((words("Patient", "患者"), HTML(patient))) }
        if let writer = file.writer { first.append((words("Reported by", "报告者"), HTML(writer))) }
        let later = file.writings.map { writing -> HTML in
            let time = (try? WallTime(text: writing.at)).map { Moment($0).full } ?? writing.at
            return
                "<h3 class=\"block-s\">\(words(AdverseTexts.event(writing.event))) <small class=\"note\">\(time) \(writing.actor)</small></h3>"
                + Pairs(pairs(writing.values, writing.event, forms, visit)).html(in: visit.scene)
        }
        return PageSection(
            "content", words("What was written", "内容"), Pairs(first).html(in: visit.scene) + HTML(later)
        ).html(in: visit.scene)
    }

    private static func pairs(
        _ values: [CaseValue], _ event: String, _ forms: [CaseFormInfo], _ visit: PageVisit
    ) -> [(String, HTML)] {
        CaseFormFields(forms.first { $0.event == event }, visit, choices: AdverseTexts.choice).pairs(values)
    }

    // MARK: What can be done

    private static func actions(
        _ event: CaseInfo, _ forms: [CaseFormInfo], _ errors: FormErrors, _ visit: PageVisit
    ) -> HTML {
        let words = visit.words
        let possible = AdverseTexts.events(in: event.state)
        guard !possible.isEmpty else {
            return PageSection(
                "act", words("What can be done", "可以做的"), "<p>\(words("Nothing more.", "没有要做的了。"))</p>"
            ).html(in: visit.scene)
        }
        let tried = visit.request.form["event"]
        let parts = possible.map { action -> HTML in
            let view = FormView(
                "/adverse-events/act", fields(action, forms, visit),
                hidden: ["id": event.id, "event": action.rawValue],
                errors: action.rawValue == tried ? errors : FormErrors(),
                submit: words(AdverseTexts.event(action.rawValue)), style: .plain)
            return """
                <details\(.when(action.rawValue == tried, " open"))><summary>\(words(AdverseTexts.event(action.rawValue)))\
                </summary>\(view.html(in: visit.scene))</details>
                """
        }
        return PageSection("act", words("What can be done", "可以做的"), HTML(parts)).html(in: visit.scene)
    }

    private static func namesDay(_ action: String) -> Bool {
        AdverseWorkflow.table.events.first { $0.event.rawValue == action }?.namesTime == true
    }

    private static func fields(
        _ action: AdverseAction, _ forms: [CaseFormInfo], _ visit: PageVisit
    ) -> [FormField] {
        let day = FormField(
            "\(action.rawValue)-by-day", visit.words("To be done by", "完成日"), .date,
            value: visit.request.form["\(action.rawValue)-by-day"], isRequired: true)
        return form(action.rawValue, forms, visit).fields + (namesDay(action.rawValue) ? [day] : [])
    }

    private static func form(_ action: String, _ forms: [CaseFormInfo], _ visit: PageVisit) -> CaseFormFields {
        CaseFormFields(
            forms.first { $0.event == action }, prefix: "\(action)-", visit, choices: AdverseTexts.choice)
    }

    static func act(_ visit: PageVisit) async throws -> PageOutcome {
        let given = visit.request.form
        let action = given["event"]
        let fields = form(action, try await visit.ask(cases.forms), visit)
        let day = given["\(action)-by-day"]
        var errors = FormErrors()
        fields.check(&errors)
        if namesDay(action), day.isEmpty {
            errors.add("\(action)-by-day", visit.words("a day is wanted", "请填写完成日"))
        }
        guard errors.isEmpty else { return .page(try await page(visit, errors: errors)) }
        _ = try await visit.ask(
            cases.act,
            .init(
                id: given["id"], event: action, practitioner: try visit.practitioner(), day: day.isEmpty ? nil : day,
                values: fields.values))
        return .redirect(AdverseWork.address(given["id"]), notice: Wording("It is written down.", "已记下。"))
    }

    private static func steps(_ event: CaseInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let past = event.steps.map { step in
            Timeline.Item(
                try? WallTime(text: step.at),
                "\(words(AdverseTexts.event(step.event))) <small class=\"note\">\(step.actor) \(visit.node.node(step.node))</small>"
            )
        }
        let ahead = event.dues.map { due in
            Timeline.Item(try? WallTime(text: due.at), HTML(words(AdverseTexts.timer(due.timer))), .ahead)
        }
        let made = Timeline.Item(try? WallTime(text: event.madeAt), HTML(words("reported", "报告")))
        return PageSection("steps", words("What happened", "经过"), Timeline([made] + past + ahead).html(in: visit.scene))
            .html(in: visit.scene)
    }
}
