import ConsoleKit
import Effects
import Regions
import ServiceKit

/// The form that asks for a person: who, for what purpose, on which ground.
enum RecordSearch {
    static func page(_ visit: PageVisit, errors: FormErrors = FormErrors()) -> Page {
        let words = visit.words
        let form = visit.request.form
        // What a practitioner acts for; the others are for persons themselves and for reviewers.
        let purposes = visit.node.purposes.rules.filter(\.isTreating)
        let view = FormView(
            "/results",
            [
                FormField(
                    "number", words("Citizen identity number", "身份证号"),
                    hint: words("stands in this form alone, in no address, title or log", "只在表单里提交，不进网址、标题和日志"),
                    isRequired: true, limit: 18),
                FormField(
                    "purpose", words("Purpose", "目的"),
                    .radio(purposes.map { .init($0.purpose.rawValue, words($0.word)) }),
                    value: form["purpose"].isEmpty ? AccessStatement.Purpose.treatment.rawValue : form["purpose"]),
                FormField(
                    "consent", words("Consent", "同意书编号"), hint: words("its number", "患者签的那份"), value: form["consent"],
                    limit: 64),
                FormField(
                    "reason", words("Or break the glass: why", "没有同意书，紧急打开：理由"),
                    hint: words("goes to the auditor, who reviews it", "会交审计员审核"), value: form["reason"], limit: 200),
                FormField("order", words("Order or encounter", "就诊或申请单号"), value: form["order"], limit: 64),
            ], errors: errors, submit: words("Look for results", "查结果"))
        return Page(
            words("Results", "结果"),
            heading: words("Whose results, and why?", "查谁的结果，为什么？"),
            lead: HTML(
                words(
                    "Each search and each opening is recorded under your name at every node that answers.",
                    "每次查询和打开都以您的名义记在每个应答的节点上。")),
            status: errors.isEmpty ? 200 : 422, stamp: .nothingDone, view.html(in: visit.scene))
    }

    /// Keeps the question in the session and goes on.
    static func keep(_ visit: PageVisit) throws -> PageOutcome {
        let words = visit.words
        let form = visit.request.form
        var errors = FormErrors()
        do { _ = try CitizenID(form["number"].uppercased(), now: visit.now) } catch is Failure {
            errors.add("number", words("this is no identity number: compare it with the card", "不是有效的身份证号：请与证件核对"))
        }
        if form["consent"].isEmpty, form["reason"].isEmpty {
            errors.add("consent", words("a consent, or a reason to open without one", "请填同意书编号，或紧急打开的理由"))
        }
        guard errors.isEmpty else { return .page(page(visit, errors: errors)) }
        let question = RecordQuestion(
            identifier: form["number"].uppercased(), practitioner: try visit.practitioner(), unit: visit.visitor.unit,
            purpose: form["purpose"], consent: given(form["consent"]), breakGlassReason: given(form["reason"]),
            order: given(form["order"]))
        try visit.memory.keep(RecordPages.personKey, try OperatorJSON.text(question))
        return .redirect("/results/found")
    }

    private static func given(_ text: String) -> String? { text.isEmpty ? nil : text }

    /// What was asked in this session; it asks in nobody else's name.
    static func question(_ visit: PageVisit) throws -> RecordQuestion {
        guard let text = visit.memory[RecordPages.personKey] else {
            throw Failure("page.nobodyAsked", "nobody was asked for", remedy: "enter the number again")
        }
        var question = try OperatorJSON.value(RecordQuestion.self, from: Array(text.utf8), place: nil)
        question.practitioner = try visit.practitioner()
        question.unit = visit.visitor.unit
        return question
    }
}
