import ConsoleKit
import Effects
import Referral
import ServiceKit
import WorkflowKit
import WorkflowPages

/// One referral as it was opened: what was written, what happened, and what this node can do now.
enum ReferralPage {
    static func page(_ visit: PageVisit, errors: FormErrors = FormErrors()) async throws -> Page {
        let words = visit.words
        let id = visit.request.query["id"].isEmpty ? visit.request.form["id"] : visit.request.query["id"]
        let file = try await visit.ask(
            ReferralEndpoints.cases.read,
            .init(id: id, practitioner: try visit.practitioner(), unit: visit.visitor.unit))
        let forms = try await visit.ask(ReferralEndpoints.cases.forms)
        let levels = try await visit.ask(ReferralEndpoints.levels)
        let referral = file.about
        let kind = ReferralTexts.kind(referral.kind, levels)
        let state = words(ReferralTexts.state(referral.state))
        return Page(
            words("A referral", "一份转诊"), eyebrow: words("Referrals · one", "转诊 · 一份"),
            heading: words("\(kind): \(state)", "\(kind)：\(state)"),
            status: errors.isEmpty ? 200 : 422, watermark: visit.watermark,
            Columns(
                content(file, forms, visit) + actions(referral, forms, errors, visit), aside: steps(referral, visit)
            ).html(in: visit.scene))
    }

    // MARK: What was written

    private static func content(
        _ file: CaseFileInfo, _ forms: [CaseFormInfo], _ visit: PageVisit
    ) -> HTML {
        let words = visit.words
        guard file.isContentHere else {
            return Banner(
                .stale, words("The content is not here yet", "内容还没有到"),
                words("It follows by itself; the header came first.", "题头先到，内容会自动补来。")
            ).html(in: visit.scene)
        }
        let patient = words.person(file.patientName, sex: file.patientSex, birthDate: file.patientBirthDate)
        let first = Pairs(
            [(words("Patient", "患者"), HTML(patient))]
                + pairs(file.values, forms.first { $0.event == "referral" }, visit)
                + (file.references.isEmpty
                    ? []
                    : [(words("Belongs to it", "附"), HTML(words.count(file.references.count, "entry", "entries", "条")))])
        )
        let later = file.writings.map { writing -> HTML in
            let time = (try? WallTime(text: writing.at)).map { Moment($0).full } ?? writing.at
            return
                "<h3 class=\"block-s\">\(words(ReferralTexts.event(writing.event))) <small class=\"note\">\(time) \(writing.actor)</small></h3>"
                + Pairs(pairs(writing.values, forms.first { $0.event == writing.event }, visit)).html(in: visit.scene)
        }
        return PageSection("content", words("What was written", "内容"), first.html(in: visit.scene) + HTML(later))
            .html(in: visit.scene)
    }

    private static func pairs(
        _ values: [CaseValue], _ form: CaseFormInfo?, _ visit: PageVisit
    ) -> [(String, HTML)] {
        CaseFormFields(form, visit, choices: ReferralTexts.choice).pairs(values)
    }

    // MARK: What can be done

    private static func actions(
        _ referral: CaseInfo, _ forms: [CaseFormInfo], _ errors: FormErrors, _ visit: PageVisit
    ) -> HTML {
        let words = visit.words
        let events = ReferralTexts.events(of: referral, at: visit.node.id)
        guard !events.isEmpty else {
            return PageSection(
                "act", words("What can be done", "可以做的"),
                "<p>\(words("Nothing at this node now.", "现在本节点不用处理。"))</p>"
            ).html(in: visit.scene)
        }
        let tried = visit.request.form["event"]
        let parts = events.map { event -> HTML in
            let view = FormView(
                "/referrals/act", fields(event, forms, prefix: event.rawValue, visit),
                hidden: ["id": referral.id, "event": event.rawValue],
                errors: event.rawValue == tried ? errors : FormErrors(),
                submit: words(ReferralTexts.event(event.rawValue)),
                style: .plain)
            return """
                <details\(.when(event.rawValue == tried || events.count == 1, " open"))><summary>\
                \(words(ReferralTexts.event(event.rawValue)))</summary>\(view.html(in: visit.scene))</details>
                """
        }
        return PageSection("act", words("What can be done", "可以做的"), HTML(parts)).html(in: visit.scene)
    }

    /// The fields of an event, whose names stand on the page once.
    private static func fields(
        _ event: ReferralEvent, _ forms: [CaseFormInfo], prefix: String, _ visit: PageVisit
    ) -> [FormField] {
        let words = visit.words
        let rule = ReferralWorkflow.table.events.first { $0.event == event }
        var fields: [FormField] = []
        if rule?.offers == true {
            let nodes = visit.node.nodeNames.sorted { $0.key < $1.key }.map { FormField.Choice($0.key, $0.value) }
            fields.append(
                FormField(
                    "\(prefix)-target", words("Who is asked", "请谁接收"),
                    .choice(nodes.filter { $0.value != visit.node.id }), value: visit.request.form["\(prefix)-target"],
                    isRequired: true))
        }
        if rule?.namesTime == true {
            fields.append(
                FormField(
                    "\(prefix)-day", words("Day of return", "复诊日"), .date, value: visit.request.form["\(prefix)-day"],
                    isRequired: true))
        }
        return fields + self.form(event.rawValue, forms, visit).fields
    }

    /// The form of an event, whose fields stand on the page once.
    private static func form(_ event: String, _ forms: [CaseFormInfo], _ visit: PageVisit) -> CaseFormFields {
        CaseFormFields(
            forms.first { $0.event == event }, prefix: "\(event)-", visit, choices: ReferralTexts.choice)
    }

    static func act(_ visit: PageVisit) async throws -> PageOutcome {
        let form = visit.request.form
        let forms = try await visit.ask(ReferralEndpoints.cases.forms)
        let prefix = form["event"]
        let fields = self.form(prefix, forms, visit)
        var errors = FormErrors()
        fields.check(&errors)
        guard errors.isEmpty else { return .page(try await page(visit, errors: errors)) }
        let target = form["\(prefix)-target"]
        let day = form["\(prefix)-day"]
        _ = try await visit.ask(
            ReferralEndpoints.cases.act,
            .init(
                id: form["id"], event: prefix, practitioner: try visit.practitioner(),
                target: target.isEmpty ? nil : target, day: day.isEmpty ? nil : day, values: fields.values))
        return .redirect(
            ReferralWork.address(form["id"]), notice: Wording("It is written down.", "已记下。"))
    }

    private static func steps(_ referral: CaseInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let past = referral.steps.map { step in
            let asked: HTML = .each(step.target) { " → \(visit.node.node($0))" }
            return Timeline.Item(
                try? WallTime(text: step.at),
                "\(words(ReferralTexts.event(step.event)))\(asked) <small class=\"note\">\(step.actor) \(visit.node.node(step.node))</small>"
            )
        }
        let ahead = referral.dues.map { due in
            Timeline.Item(try? WallTime(text: due.at), HTML(words("due", "到期")), .ahead)
        }
        let made = Timeline.Item(try? WallTime(text: referral.madeAt), HTML(words("written", "写下")))
        return PageSection(
            "steps", words("What happened", "经过"), Timeline([made] + past + ahead).html(in: visit.scene)
        )
        .html(in: visit.scene)
    }
}
