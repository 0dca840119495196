package import ConsoleKit
package import Effects
package import WorkflowKit

/// A workflow's form on a page: its fields with their labels, what is wrong with what was given, and the values.
///
/// Forms are declared once, with the workflow; a page adds only what people call the words of a list.
package struct CaseFormFields: Sendable {
    private let form: CaseFormInfo?
    /// Before the names of the fields, where a page has several forms.
    private let prefix: String
    private let visit: PageVisit
    private let choices: @Sendable (_ field: String, _ word: String) -> Wording?

    /// - Parameters:
    ///   - form: nil where the event has none.
    ///   - choices: what people call a word of a field's list; nil where nobody knows one.
    package init(
        _ form: CaseFormInfo?, prefix: String = "", _ visit: PageVisit,
        choices: @escaping @Sendable (_ field: String, _ word: String) -> Wording? = { _, _ in nil }
    ) {
        self.form = form
        self.prefix = prefix
        self.visit = visit
        self.choices = choices
    }

    private var declared: [CaseFormInfo.Field] { form?.fields ?? [] }
    private func name(_ field: CaseFormInfo.Field) -> String { prefix + field.name }

    package var fields: [FormField] {
        let (words, given) = (visit.words, visit.request.form)
        return declared.map { field in
            let listed = field.choices.map { word in
                FormField.Choice(word, choices(field.name, word).map { words($0) } ?? word)
            }
            let kind: FormField.Kind =
                field.isDay ? .date : listed.isEmpty ? .long : .choice([.init("", words("choose", "请选择"))] + listed)
            return FormField(
                name(field), words(Self.heading(field.english), field.chinese), kind, value: given[name(field)],
                isRequired: field.isRequired, limit: Self.limit)
        }
    }

    package func check(_ errors: inout FormErrors) {
        let given = visit.request.form
        for field in declared where field.isRequired && given[name(field)].isEmpty {
            errors.add(name(field), visit.words("\(field.english) is wanted", "请填写\(field.chinese)"))
        }
    }

    /// What was filled in; fields that hold nothing are left out.
    package var values: [CaseValue] {
        declared.map { CaseValue(field: $0.name, text: visit.request.form[name($0)]) }.filter { !$0.text.isEmpty }
    }

    /// What was filled in before, as names and texts.
    package func pairs(_ values: [CaseValue]) -> [(String, HTML)] {
        let words = visit.words
        // In the order of the form; what it does not know any more comes last.
        let order = Dictionary(
            declared.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let sorted = values.sorted { (order[$0.field] ?? .max, $0.field) < (order[$1.field] ?? .max, $1.field) }
        return sorted.map { value in
            let field = declared.first { $0.name == value.field }
            let text =
                field.map { !$0.choices.isEmpty } == true
                ? choices(value.field, value.text).map { words($0) } ?? value.text : value.text
            return (field.map { words(Self.heading($0.english), $0.chinese) } ?? value.field, HTML(text))
        }
    }

    /// Characters of one text; the node's own limit is in bytes and higher.
    private static let limit = 4_000

    /// A label begins with a capital letter.
    private static func heading(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
