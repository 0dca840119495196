import ConsoleKit
import Effects
import Identity
import ServiceKit

/// The numbers of the person who was asked for, why they are the same person's, and what may be written about them.
enum IdentityPerson {
    /// Which form was sent with something wrong.
    enum Deed {
        case link
        case separation
    }

    /// A person's numbers as a page showed them; what its form chooses among.
    private struct Shown: Codable {
        var page: String
        var numbers: [IdentifierInfo]
    }

    private static let keptName = "numbers"
    private static let pageField = "shown"

    /// The numbers that stood on the page whose form was sent.
    ///
    /// - Throws: `page.gone` where the person's numbers were shown again since.
    static func kept(of person: AskedPerson, _ visit: PageVisit) throws -> [IdentifierInfo] {
        let text = visit.memory[person.key(keptName)]
        let shown = try text.map { try OperatorJSON.value(Shown.self, from: Array($0.utf8), place: nil) }
        guard let shown, shown.page == visit.request.form[pageField] else {
            throw Failure(
                "page.gone", "what the page was about is not there any more", remedy: "look at the list again")
        }
        return shown.numbers
    }

    static func page(
        _ visit: PageVisit, errors: FormErrors = FormErrors(), of deed: Deed? = nil
    ) async throws -> Page {
        let words = visit.words
        let asked = try visit.asked()
        let question = asked.question
        let person = try await visit.ask(IdentityEndpoints.show, question)
        let page = "\(try visit.memory.count("pages of numbers"))"
        try visit.memory.keep(
            asked.key(keptName),
            try OperatorJSON.text(Shown(page: page, numbers: person.identifiers.map(\.identifier))))
        let hidden = asked.hidden.merging([pageField: page]) { $1 }
        let count = person.identifiers.count
        var banners: [Banner] = []
        if person.isIndex {
            banners.append(
                Banner(
                    .attention, words("This node is an index", "本节点是索引"),
                    words(
                        "It holds numbers of its own hospitals' patients alone; others lie at counties and townships.",
                        "它只存自己医院患者的号码；其余在县和乡镇。")))
        }
        if person.isTruncated {
            banners.append(
                Banner(
                    .attention, words("There are more numbers than are followed", "号码过多，未全部追踪"),
                    words("Something may be missing here.", "此处可能不全。")))
        }
        let canWrite = visit.visitor.roles.contains(.doctor)
        let forms: HTML =
            canWrite
            ? linking(person, hidden, deed == .link ? errors : FormErrors(), isOpen: deed == .link, visit)
                + separating(
                    person, hidden, deed == .separation ? errors : FormErrors(), isOpen: deed == .separation, visit)
            : .empty
        return Page(
            words("A person's numbers", "一个人的号码"), eyebrow: words("Who is who · a person", "身份识别 · 一个人"),
            heading: person.isKnown
                ? words.count(count, "number of this person lies here", "numbers of this person lie here", "个号码在本节点")
                : words("Nothing here names this person", "此处没有此人的任何记录"),
            lead: HTML(
                words(
                    "Nothing is merged silently: each link and each separation says who found it, and can be undone by the other.",
                    "从不静默合并：关联和拆分都写明由谁认定，并可用另一种撤销。")),
            banners: banners, status: errors.isEmpty ? 200 : 422, watermark: visit.watermark,
            visit.strip(of: question) + numbers(person, visit) + history(person, visit) + forms)
    }

    // MARK: What is known

    private static func numbers(_ person: PersonInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let title = words("Numbers", "号码")
        let rows = person.identifiers.map { known -> [HTML] in
            let steps = known.evidence.map { step in
                step.hasPrefix("report ") ? words("a report", "报告") : words("a link", "关联")
            }
            return [
                HTML(NumberField(words).word(of: known.identifier.type)),
                "<span class=\"code\">\(known.identifier.authority.isEmpty ? "–" : known.identifier.authority)</span>",
                "<code>\(NumberField.masked(known.identifier))</code>",
                HTML(steps.isEmpty ? words("asked for", "所查的号码") : steps.joined(separator: " → ")),
                "<span class=\"code\">\(known.heldBy ?? "–")</span>",
            ]
        }
        let table = DataTable(
            title,
            [
                .init(words("Kind", "种类")), .init(words("Issued by", "发放机构")), .init(words("Number", "号码")),
                .init(words("Why the same person", "为何是同一人")), .init(words("Held by", "所在条目")),
            ], rows, hasRowHeads: true)
        let apart: HTML = .when(
            !person.apart.isEmpty,
            "<p>\(StateMark.held.html(words, words.count(person.apart.count, "number is kept apart", "numbers are kept apart", "个号码已拆分，不再合并")))</p>"
        )
        return PageSection("numbers", title, table.html(in: visit.scene) + apart).html(in: visit.scene)
    }

    private static func history(_ person: PersonInfo, _ visit: PageVisit) -> HTML {
        guard !person.records.isEmpty else { return .empty }
        let title = visit.words("Links and separations", "关联和拆分")
        return PageSection("history", title, table(person.records, title, visit)).html(in: visit.scene)
    }

    /// Links and separations, without a number.
    static func table(_ records: [IdentityRecordInfo], _ title: String, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let rows = records.map { record -> [HTML] in
            let isLink = record.deed == "link"
            let time = HTML.each(try? WallTime(text: record.at)) { Moment($0).withAge(visit.scene) }
            let standing =
                record.isStanding
                ? StateMark.ok.html(words, words("stands", "有效")) : StateMark.held.html(words, words("undone", "已撤销"))
            return [
                time, HTML(isLink ? words("link", "关联") : words("separation", "拆分")), standing,
                HTML(evidence(record, words)), HTML(record.text.isEmpty ? "–" : record.text),
                "\(record.practitioner)<small class=\"note\">\(visit.node.unit(record.organizationUnit)) \(visit.node.node(record.node))</small>",
                "<span class=\"code\">\(record.entry)</span>",
            ]
        }
        return DataTable(
            title,
            [
                .init(words("Time", "时间")), .init(words("What", "内容")), .init(words("State", "状态")),
                .init(words("Evidence", "依据")), .init(words("Words", "说明")), .init(words("By", "由谁")),
                .init(words("Entry", "条目")),
            ], rows
        ).html(in: visit.scene)
    }

    private static func evidence(_ record: IdentityRecordInfo, _ words: Words) -> String {
        guard let code = record.evidence else { return "–" }
        return evidences.first { $0.code == code }.map { words($0.word) } ?? code
    }

    private static let evidences: [(code: String, word: Wording)] = [
        ("document", Wording("document seen", "证件核对")), ("ehealthCard", Wording("e-health card", "电子健康卡平台")),
        ("insurance", Wording("insurance", "医保")), ("registry", Wording("register of persons", "人口库")),
        ("operator", Wording("looked into by somebody", "人工复核")),
    ]

    // MARK: What may be written

    private static func linking(
        _ person: PersonInfo, _ hidden: [String: String], _ errors: FormErrors, isOpen: Bool, _ visit: PageVisit
    ) -> HTML {
        let (words, form) = (visit.words, visit.request.form)
        var fields = NumberField(words).fields(
            "link-", hint: words("stands in this form alone, in no address, title or log", "只在表单里提交，不进网址、标题和日志"),
            form: form)
        fields += [
            FormField(
                "evidence", words("On which evidence", "依据"),
                .choice(
                    [.init("", words("choose", "请选择"))] + evidences.map { .init($0.code, words($0.word)) }),
                value: form["evidence"], isRequired: true),
            FormField(
                "reference", words("Where it is found", "依据在哪里"), hint: words("no names, no numbers", "不写姓名和号码"),
                value: form["reference"], limit: 100),
        ]
        let separations = person.records.filter { $0.deed == "separation" && $0.isStanding }
        if !separations.isEmpty {
            fields.append(
                FormField(
                    "overrules", words("Separations that were wrong", "有误的拆分"),
                    .checks(separations.map { .init($0.entry, label($0)) }), values: Set(form.all("overrules"))))
        }
        let view = FormView(
            "/identity/link", fields, hidden: hidden, errors: errors,
            submit: words("Write that they are one person's", "写下：属于同一个人"), style: .plain)
        return folded(
            "link", words("Another number is this person's, too", "另一个号码也是此人的"), view, isOpen: isOpen, visit)
    }

    private static func separating(
        _ person: PersonInfo, _ hidden: [String: String], _ errors: FormErrors, isOpen: Bool, _ visit: PageVisit
    ) -> HTML {
        let (words, form) = (visit.words, visit.request.form)
        let others = person.identifiers.enumerated().filter { !$0.element.evidence.isEmpty }
        let choices = others.map { index, known in
            FormField.Choice(
                "\(index)",
                NumberField(words).word(of: known.identifier.type) + " " + NumberField.masked(known.identifier))
        }
        var fields = [
            FormField(
                "apart", words("Which number is another person's", "哪个号码属于另一个人"),
                .choice([.init("", words("none of these", "不在其中"))] + choices), value: form["apart"])
        ]
        fields += NumberField(words).fields(
            "from-", hint: words("where it is none of these", "不在其中时填写"), form: form
        ).map { field in
            var field = field
            field.isRequired = false
            return field
        }
        let links = person.records.filter { $0.deed == "link" && $0.isStanding }
        if !links.isEmpty {
            fields.append(
                FormField(
                    "links", words("Links that were wrong besides", "另有错误的关联"),
                    .checks(links.map { .init($0.entry, label($0)) }), values: Set(form.all("links"))))
        }
        fields.append(
            FormField(
                "why", words("Why", "理由"), hint: words("no names, no numbers", "不写姓名和号码"), value: form["why"],
                isRequired: true, limit: 100))
        let view = FormView(
            "/identity/separate", fields, hidden: hidden, errors: errors,
            submit: words("Write that they are two persons", "写下：是两个人"), style: .danger)
        return folded("separate", words("A number is another person's", "有号码属于另一个人"), view, isOpen: isOpen, visit)
    }

    private static func label(_ record: IdentityRecordInfo) -> String {
        let time = (try? WallTime(text: record.at)).map { Moment($0).full } ?? record.at
        return "\(time) \(record.practitioner) \(record.text)"
    }

    private static func folded(
        _ id: String, _ title: String, _ view: FormView, isOpen: Bool, _ visit: PageVisit
    ) -> HTML {
        """
        <details class="block-s" id="\(id)"\(.when(isOpen, " open"))><summary>\(title)</summary>\(view.html(in: visit.scene))\
        </details>
        """
    }
}
