package import Effects
import Regions
package import ServiceKit

/// The form that asks for a person: who, for what purpose, on which ground.
///
/// One form for every page that begins with a person. Whom somebody asks for stands in the session and never in an address;
/// each page that shows something of the person asks the node anew, so that every look is on record.
package struct PersonForm: Sendable {
    private let visit: PageVisit
    /// Whether other numbers than that of the identity card are taken, too.
    private let takesAnyNumber: Bool

    package init(_ visit: PageVisit, takesAnyNumber: Bool = false) {
        self.visit = visit
        self.takesAnyNumber = takesAnyNumber
    }

    private var words: Words { visit.words }
    private var form: FormData { visit.request.form }

    /// What the form asks, with what was given but for the number: it comes back on no page.
    package var fields: [FormField] {
        // What a practitioner acts for; the others are for persons themselves and for reviewers.
        let purposes = visit.node.purposes.rules.filter(\.isTreating)
        return number + [
            FormField(
                "purpose", words("Purpose", "目的"),
                .radio(purposes.map { .init($0.purpose.rawValue, words($0.word)) }),
                value: form["purpose"].isEmpty ? AccessStatement.Purpose.treatment.rawValue : form["purpose"]),
            FormField(
                "consent", words("Consent", "同意书编号"), hint: words("its number", "患者签的那份"), value: form["consent"],
                limit: 64),
            FormField(
                "reason", words("Or break the glass: why", "没有同意书，紧急打开：理由"),
                hint: words("for an emergency; goes to the auditor, who reviews it", "用于急诊急救；会交审计员审核"),
                value: form["reason"], limit: 200),
            FormField("order", words("Order or encounter", "就诊或申请单号"), value: form["order"], limit: 64),
        ]
    }

    private var number: [FormField] {
        let hint = words("stands in this form alone, in no address, title or log", "只在表单里提交，不进网址、标题和日志")
        guard takesAnyNumber else {
            return [
                FormField(
                    "number", words("Citizen identity number", "身份证号"), hint: hint, isRequired: true, limit: 18)
            ]
        }
        return NumberField(words).fields("", hint: hint, form: form)
    }

    /// What is wrong with what was given; on which ground a purpose rests is the node's rule, which is asked with the question.
    package var errors: FormErrors {
        var errors = FormErrors()
        if takesAnyNumber {
            NumberField(words).check("", form, visit.now, &errors)
        } else if (try? CitizenID(form["number"].uppercased(), now: visit.now)) == nil {
            errors.add("number", words("this is no identity number: compare it with the card", "不是有效的身份证号：请与证件核对"))
        }
        if form["consent"].isEmpty, form["reason"].isEmpty, form["order"].isEmpty {
            errors.add(
                "consent", words("a consent, an order, or a reason to open without one", "请填同意书编号、就诊或申请单号，或紧急打开的理由"))
        }
        return errors
    }

    /// The question in the visitor's own name.
    ///
    /// - Throws: `page.noPractitioner`.
    package func question() throws -> RecordQuestion {
        let identifier =
            takesAnyNumber
            ? NumberField(words).identifier("", form)
            : IdentifierInfo(type: "citizenID", authority: "CN", value: form["number"].uppercased())
        return RecordQuestion(
            identifierType: identifier.type, identifierAuthority: identifier.authority, identifier: identifier.value,
            practitioner: try visit.practitioner(), unit: visit.visitor.unit, purpose: form["purpose"],
            consent: given("consent"), breakGlassReason: given("reason"), order: given("order"))
    }

    private func given(_ name: String) -> String? { form[name].isEmpty ? nil : form[name] }
}

/// A number of a person with its kind and who issued it, as three fields of a form.
package struct NumberField: Sendable {
    private let words: Words

    package init(_ words: Words) { self.words = words }

    /// The kinds of number that hospitals and platforms give people, by their codes.
    package static let kinds: [(code: String, word: Wording)] = [
        ("citizenID", Wording("citizen identity number", "身份证号")), ("MR", Wording("medical record number", "病案号")),
        ("PI", Wording("the hospital's number of the patient", "院内患者号")),
        ("JHN", Wording("e-health card", "电子健康卡")), ("SS", Wording("insurance number", "医保号")),
        ("PPN", Wording("passport", "护照")),
    ]

    /// What people call a kind; its code where nobody knows one.
    package func word(of kind: String) -> String {
        Self.kinds.first { $0.code == kind }.map { words($0.word) } ?? kind
    }

    /// - Parameter prefix: before the names of the fields, where a page has several.
    package func fields(_ prefix: String, hint: String, form: FormData) -> [FormField] {
        [
            FormField(
                prefix + "type", words("Kind of number", "号码种类"),
                .choice(Self.kinds.map { .init($0.code, words($0.word)) }),
                value: form[prefix + "type"].isEmpty ? "citizenID" : form[prefix + "type"]),
            FormField(
                prefix + "authority", words("Who issued it", "发放机构"),
                hint: words("the hospital's unit; nothing for an identity card", "医院的机构编号；身份证不填"),
                value: form[prefix + "authority"], limit: 64),
            FormField(prefix + "number", words("Number", "号码"), hint: hint, isRequired: true, limit: 64),
        ]
    }

    package func check(_ prefix: String, _ form: FormData, _ now: WallTime, _ errors: inout FormErrors) {
        let number = form[prefix + "number"]
        if number.isEmpty {
            errors.add(prefix + "number", words("a number is wanted", "请填写号码"))
        } else if form[prefix + "type"] == "citizenID", (try? CitizenID(number.uppercased(), now: now)) == nil {
            errors.add(
                prefix + "number", words("this is no identity number: compare it with the card", "不是有效的身份证号：请与证件核对"))
        }
    }

    package func identifier(_ prefix: String, _ form: FormData) -> IdentifierInfo {
        let type = form[prefix + "type"]
        let isCitizen = type == "citizenID"
        return IdentifierInfo(
            type: type, authority: isCitizen ? "CN" : form[prefix + "authority"],
            value: isCitizen ? form[prefix + "number"].uppercased() : form[prefix + "number"])
    }

    /// `999999 ******** 0017`: enough to compare with a card, and no more.
    ///
    /// Numbers that are a person's everywhere are never shown whole; a hospital's own are.
    package static func masked(_ identifier: IdentifierInfo) -> String {
        ["MR", "PI", "VN"].contains(identifier.type) ? identifier.value : masked(identifier.value)
    }

    package static func masked(_ number: String) -> String {
        let letters = Array(number)
        guard letters.count > 10 else { return String(repeating: "*", count: letters.count) }
        return String(letters.prefix(6)) + " " + String(repeating: "*", count: letters.count - 10) + " "
            + String(letters.suffix(4))
    }
}

/// Something of the person who was asked for that was opened in this session: another page can refer to it.
package struct OpenedItem: Codable, Hashable, Sendable {
    package var entry: String
    /// What it is; it names no person.
    package var label: String

    package init(entry: String, label: String) {
        self.entry = entry
        self.label = label
    }
}

/// Whom somebody asked for, as one of the questions of a session.
///
/// A session asks for one person after the other, and a browser may show pages of several of them at a time. So each form
/// about the person says of which question its page was, and what is kept of the person is kept under that question: what
/// stands on one page is never written about somebody else.
package struct AskedPerson: Sendable, Equatable {
    package static let field = "asked"

    package let question: RecordQuestion
    /// The question's number in its session; it names nobody.
    let mark: String

    /// What a form about this person carries.
    package var hidden: [String: String] { [Self.field: mark] }

    /// Under which name the session keeps something of this person.
    package func key(_ name: String) -> String { PageVisit.personPrefix + mark + "." + name }
}

extension PageVisit {
    private static let openedMost = 20

    /// What was opened of a person, the newest first.
    package func opened(of person: AskedPerson) throws -> [OpenedItem] {
        guard let text = memory[person.key("opened")] else { return [] }
        return try OperatorJSON.value([OpenedItem].self, from: Array(text.utf8), place: nil)
    }

    package func keep(opened item: OpenedItem, of person: AskedPerson) throws {
        let others = try opened(of: person).filter { $0.entry != item.entry }
        try memory.keep(
            person.key("opened"), try OperatorJSON.text(Array(([item] + others).prefix(Self.openedMost))))
    }

    /// Everything that the session keeps about the person who was asked for begins so; it is forgotten with the next one.
    package static let personPrefix = "person."
    private static let askedKey = personPrefix + "asked"
    private static let countKey = "asked count"

    /// Keeps whom somebody asks for, and forgets what was kept of anybody else.
    @discardableResult
    package func keep(asked question: RecordQuestion) throws -> AskedPerson {
        let person = AskedPerson(question: question, mark: "\(try memory.count(Self.countKey))")
        memory.forget(Self.personPrefix)
        // Both in one value: whoever reads it has the question of this number.
        try memory.keep(Self.askedKey, person.mark + " " + (try OperatorJSON.text(question)))
        return person
    }

    /// Whether somebody was asked for in this session.
    package var hasAsked: Bool { memory[Self.askedKey] != nil }

    /// Who was asked for in this session; it asks in nobody else's name.
    ///
    /// - Throws: `page.nobodyAsked`, `page.noPractitioner`.
    package func asked() throws -> AskedPerson {
        guard let parts = memory[Self.askedKey]?.split(separator: " ", maxSplits: 1), parts.count == 2 else {
            throw Failure("page.nobodyAsked", "nobody was asked for", remedy: "enter the number again")
        }
        var question = try OperatorJSON.value(RecordQuestion.self, from: Array(parts[1].utf8), place: nil)
        question.practitioner = try practitioner()
        question.unit = visitor.unit
        return AskedPerson(question: question, mark: String(parts[0]))
    }

    /// Who was asked for, where the form that was sent is of a page about that person.
    ///
    /// - Throws: `page.otherPerson` where somebody else was asked for since; as ``asked()`` does.
    package func askedAsShown() throws -> AskedPerson {
        let person = try asked()
        guard request.form.exactly(AskedPerson.field) == person.mark else {
            throw Failure(
                "page.otherPerson", "somebody else was asked for since the page was shown; nothing was written",
                remedy: "ask for the person again, and look at who stands on the page")
        }
        return person
    }

    /// The person as a strip; never the whole number.
    package func strip(of question: RecordQuestion) -> HTML {
        let identifier = IdentifierInfo(
            type: question.identifierType, authority: question.identifierAuthority, value: question.identifier)
        let ground: String =
            if let reason = question.breakGlassReason {
                words("break-glass", "紧急打开") + " " + reason
            } else if let consent = question.consent {
                words("consent", "同意书") + " " + consent
            } else {
                words("order or encounter", "就诊或申请单") + " " + (question.order ?? "")
            }
        return Pairs([
            (NumberField(words).word(of: identifier.type), "<code>\(NumberField.masked(identifier))</code>"),
            (words("Purpose", "目的"), HTML(words(node.purposes.wording(of: question.purpose)))),
            (words("Ground", "依据"), HTML(ground)),
        ]).html(in: scene)
    }
}
