package import ConsoleKit
package import Effects
package import WorkflowKit

/// The page by which a doctor makes a case about a patient: whoever was asked about last, or somebody else.
package struct CaseOrderForm: Sendable {
    /// The form of the case, as the workflow declares it.
    package var form: CaseFormInfo?
    package var kinds: [FormField.Choice]
    package var kindLabel: Wording
    /// To what the patient consents, and what is said where neither consent nor a reason is given.
    package var consentHint: Wording
    package var consentWanted: Wording
    /// Where the page lies.
    package var path: String
    package var texts: @Sendable (_ field: String, _ word: String) -> Wording?

    package init(
        _ form: CaseFormInfo?, kinds: [FormField.Choice], kindLabel: Wording, consentHint: Wording,
        consentWanted: Wording, path: String,
        texts: @escaping @Sendable (_ field: String, _ word: String) -> Wording?
    ) {
        self.form = form
        self.kinds = kinds
        self.kindLabel = kindLabel
        self.consentHint = consentHint
        self.consentWanted = consentWanted
        self.path = path
        self.texts = texts
    }

    /// Whether the form asks for the person, too.
    private func isNew(_ visit: PageVisit) -> Bool {
        !visit.hasAsked || !visit.request.form["other"].isEmpty || !visit.request.query["other"].isEmpty
    }

    /// The form with the person whom it is about, as they stand above it.
    ///
    /// - Returns: the HTML, and whether it shows a person.
    package func html(
        _ visit: PageVisit, errors: FormErrors, submit: Wording, back: PageAction
    ) throws -> (html: HTML, showsPerson: Bool) {
        let (words, given) = (visit.words, visit.request.form)
        let asked = try isNew(visit) ? nil : visit.asked()
        var fields = asked == nil ? PersonForm(visit).fields : []
        if let question = asked?.question, question.consent == nil, question.breakGlassReason == nil {
            fields.append(
                FormField(
                    "consent", words("Consent", "同意书编号"), hint: words(consentHint), value: given["consent"],
                    isRequired: true, limit: 64))
        }
        fields += [
            FormField("name", words("Patient's name", "患者姓名"), value: given["name"], isRequired: true, limit: 60),
            FormField(
                "sex", words("Sex", "性别"),
                .choice([
                    .init("", words("not said", "不填")), .init("M", words("male", "男")),
                    .init("F", words("female", "女")),
                ]), value: given["sex"]),
            FormField("birth", words("Date of birth", "出生日期"), .date, value: given["birth"]),
            FormField(
                "kind", words(kindLabel), .choice([.init("", words("choose", "请选择"))] + kinds), value: given["kind"],
                isRequired: true),
        ]
        fields += CaseFormFields(form, prefix: "r-", visit, choices: texts).fields
        let opened = try asked.map { try visit.opened(of: $0) } ?? []
        if !opened.isEmpty {
            fields.append(
                FormField(
                    "references", words("Results that belong to it", "附上已打开的结果"),
                    .checks(opened.map { .init($0.entry, $0.label) }), values: Set(given.all("references"))))
        }
        let hidden = try (asked?.hidden ?? ["other": "1"]).merging(visit.once()) { $1 }
        let view = FormView(path, fields, hidden: hidden, errors: errors, submit: words(submit), back: back)
        let somebodyElse = PageAction.link(
            words("Somebody else", "换一个人"), PageAddress(path, [("other", "1")]), isSmall: true)
        let person = HTML.each(asked) { asked in
            visit.strip(of: asked.question) + "<p class=\"block-s\">\(somebodyElse.html(in: visit.scene))</p>"
        }
        return (person + view.html(in: visit.scene), asked != nil)
    }

    /// What was filled in; what is wrong with it stands in the errors.
    package func order(_ visit: PageVisit, _ errors: inout FormErrors) throws -> CaseOrderInfo? {
        let (words, given) = (visit.words, visit.request.form)
        let fields = CaseFormFields(form, prefix: "r-", visit, choices: texts)
        let isNew = isNew(visit)
        let shown = try isNew ? nil : visit.askedAsShown()
        if isNew { errors = PersonForm(visit).errors }
        let question = try shown?.question ?? PersonForm(visit).question()
        let consent = question.consent ?? (given["consent"].isEmpty ? nil : given["consent"])
        // It rests on the patient's consent or on an emergency, never on an order alone.
        if consent == nil, question.breakGlassReason == nil, errors.isEmpty {
            errors.add("consent", words(consentWanted))
        }
        if given["name"].isEmpty { errors.add("name", words("the patient's name is wanted", "请填写患者姓名")) }
        if given["kind"].isEmpty { errors.add("kind", words("choose the kind", "请选择种类")) }
        fields.check(&errors)
        guard errors.isEmpty else { return nil }
        if isNew { try visit.keep(asked: question) }
        return CaseOrderInfo(
            kind: given["kind"], identifierType: question.identifierType,
            identifierAuthority: question.identifierAuthority, identifier: question.identifier,
            patientName: given["name"], patientSex: given["sex"].isEmpty ? nil : given["sex"],
            patientBirthDate: given["birth"].isEmpty ? nil : given["birth"], practitioner: question.practitioner,
            unit: question.unit, consent: consent,
            breakGlassReason: consent == nil ? question.breakGlassReason : nil, values: fields.values,
            references: given.all("references"))
    }
}
