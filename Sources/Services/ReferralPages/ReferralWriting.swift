import ConsoleKit
import Effects
import Referral
import ServiceKit
import WorkflowKit
import WorkflowPages

/// The page that refers a patient: of which kind, what was found, why; whom to ask is the next step.
enum ReferralWriting {
    static func page(_ visit: PageVisit, errors: FormErrors = FormErrors()) async throws -> Page {
        let (words, form) = (visit.words, visit.request.form)
        let levels = try await visit.ask(ReferralEndpoints.levels)
        let forms = try await visit.ask(ReferralEndpoints.cases.forms)
        let asked = try isNew(visit) ? nil : visit.asked()
        let kinds = levels.map { level in
            FormField.Choice(
                level.kind, "\(level.name)（\(words(ReferralTexts.direction(level.direction)))）")
        }
        var fields = asked == nil ? PersonForm(visit).fields : []
        if let question = asked?.question, question.consent == nil, question.breakGlassReason == nil {
            fields.append(
                FormField(
                    "consent", words("Consent", "同意书编号"), hint: words("to the referral", "患者同意转诊"),
                    value: form["consent"], isRequired: true, limit: 64))
        }
        fields += [
            FormField("name", words("Patient's name", "患者姓名"), value: form["name"], isRequired: true, limit: 60),
            FormField(
                "sex", words("Sex", "性别"),
                .choice([
                    .init("", words("not said", "不填")), .init("M", words("male", "男")),
                    .init("F", words("female", "女")),
                ]), value: form["sex"]),
            FormField("birth", words("Date of birth", "出生日期"), .date, value: form["birth"]),
            FormField(
                "kind", words("Kind of referral", "转诊种类"), .choice([.init("", words("choose", "请选择"))] + kinds),
                value: form["kind"], isRequired: true),
        ]
        fields += CaseFormFields(written(forms), prefix: "r-", visit, choices: ReferralTexts.choice).fields
        let opened = try asked.map { try visit.opened(of: $0) } ?? []
        if !opened.isEmpty {
            fields.append(
                FormField(
                    "references", words("Results that belong to it", "附上已打开的结果"),
                    .checks(opened.map { .init($0.entry, $0.label) }), values: Set(form.all("references"))))
        }
        let hidden = try (asked?.hidden ?? ["other": "1"]).merging(visit.once()) { $1 }
        let view = FormView(
            "/referrals/new", fields, hidden: hidden, errors: errors,
            submit: words("Write the referral", "写下转诊"),
            back: .link(words("Back to the list", "回到列表"), "/referrals", style: .quiet))
        let somebodyElse = PageAction.link(
            words("Somebody else", "换一个人"), PageAddress("/referrals/new", [("other", "1")]), isSmall: true)
        let person = HTML.each(asked) { asked in
            visit.strip(of: asked.question) + "<p class=\"block-s\">\(somebodyElse.html(in: visit.scene))</p>"
        }
        return Page(
            words("Refer a patient", "转诊一名患者"), eyebrow: words("Referrals · new", "转诊 · 新写"),
            heading: words("Whom do you refer, and why?", "转谁，为什么？"),
            lead: HTML(
                words(
                    "It is written at this node under your name. Whom you ask to take the patient is the next step.",
                    "以您的名义写在本节点。请谁接收是下一步。")),
            status: errors.isEmpty ? 200 : 422, stamp: .nothingDone, watermark: asked != nil ? visit.watermark : nil,
            person + view.html(in: visit.scene))
    }

    /// Whether the form asks for the person, too.
    private static func isNew(_ visit: PageVisit) -> Bool {
        !visit.hasAsked || !visit.request.form["other"].isEmpty || !visit.request.query["other"].isEmpty
    }

    private static func written(_ forms: [CaseFormInfo]) -> CaseFormInfo? {
        forms.first { $0.event == ReferralWorkflow.table.name }
    }

    static func write(_ visit: PageVisit) async throws -> PageOutcome {
        let (words, form) = (visit.words, visit.request.form)
        let fields = CaseFormFields(
            written(try await visit.ask(ReferralEndpoints.cases.forms)), prefix: "r-", visit,
            choices: ReferralTexts.choice)
        let isNew = isNew(visit)
        let shown = try isNew ? nil : visit.askedAsShown()
        var errors = isNew ? PersonForm(visit).errors : FormErrors()
        let question = try shown?.question ?? PersonForm(visit).question()
        let consent = question.consent ?? (form["consent"].isEmpty ? nil : form["consent"])
        // A referral rests on the patient's consent or on an emergency, never on an order alone.
        if consent == nil, question.breakGlassReason == nil, errors.isEmpty {
            errors.add("consent", words("a referral needs the patient's consent, or a reason", "转诊须有患者同意，或紧急理由"))
        }
        if form["name"].isEmpty { errors.add("name", words("the patient's name is wanted", "请填写患者姓名")) }
        if form["kind"].isEmpty { errors.add("kind", words("choose the kind", "请选择转诊种类")) }
        fields.check(&errors)
        guard errors.isEmpty else { return .page(try await page(visit, errors: errors)) }
        if isNew { try visit.keep(asked: question) }
        let order = ReferralEndpoints.Order(
            kind: form["kind"], identifierType: question.identifierType,
            identifierAuthority: question.identifierAuthority, identifier: question.identifier,
            patientName: form["name"], patientSex: form["sex"].isEmpty ? nil : form["sex"],
            patientBirthDate: form["birth"].isEmpty ? nil : form["birth"], practitioner: question.practitioner,
            unit: question.unit, consent: consent,
            breakGlassReason: consent == nil ? question.breakGlassReason : nil, values: fields.values,
            references: form.all("references"))
        let created = try await visit.once { try await visit.ask(ReferralEndpoints.write, order) }
        return .redirect(
            ReferralWork.address(created.id),
            notice: Wording("The referral is on disk. Ask somebody to take the patient.", "转诊已落盘。请选择由谁接收。"))
    }
}
