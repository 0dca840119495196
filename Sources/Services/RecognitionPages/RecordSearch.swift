import ConsoleKit
import Effects

/// The page that asks whose results somebody wants to see, and why.
enum RecordSearch {
    static func page(_ visit: PageVisit, errors: FormErrors = FormErrors()) -> Page {
        let words = visit.words
        let view = FormView(
            "/results", PersonForm(visit).fields, errors: errors, submit: words("Look for results", "查结果"))
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
        let form = PersonForm(visit)
        let errors = form.errors
        guard errors.isEmpty else { return .page(page(visit, errors: errors)) }
        try visit.keep(asked: try form.question())
        return .redirect("/results/found")
    }
}
