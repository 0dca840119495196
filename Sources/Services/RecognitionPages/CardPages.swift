package import ConsoleKit
import Effects
import RecognitionEdge
import ServiceKit

/// Recognition cards as a doctor sees them: what is planned for a patient, which results might spare it, and the decision.
///
/// A card prompts and never blocks. The match stands in the session, so that looking again counts for no second order.
package enum CardPages: ServicePages {
    private static let doctors: Set<ConsoleRole> = [.doctor]

    package static let routes = [
        PageRoute(
            .get, "/recognition/cards", for: doctors, menu: .init(.work, Wording("Recognition cards", "互认提示")),
            asks: [RecognitionEndpoints.terms.description]
        ) { .page(try await plan($0)) },
        PageRoute(
            .post, "/recognition/cards", for: doctors,
            asks: [RecognitionEndpoints.terms.description, RecognitionEndpoints.match.description]
        ) { try await match($0) },
        PageRoute(
            .get, "/recognition/cards/shown", for: doctors, asks: [RecognitionEndpoints.terms.description]
        ) { visit in
            guard let (person, kept) = try standing(visit) else { return .page(try await plan(visit, isOver: true)) }
            return .page(try await CardView(visit, of: person).page(kept))
        },
        PageRoute(
            .post, "/recognition/cards/decide", for: doctors,
            asks: [RecognitionEndpoints.terms.description, RecognitionEndpoints.decide.description]
        ) { try await decide($0) },
        PageRoute(
            .get, "/recognition/certificates", for: [.doctor, .qualityControl, .reporter],
            menu: .init(.work, Wording("Certificates of quality", "质评证书")),
            asks: [SheetEndpoints.certificates.description, RecognitionEndpoints.terms.description]
        ) { .page(try await QualityPage.page($0)) },
    ]

    // MARK: What is planned

    private static func plan(
        _ visit: PageVisit, errors: FormErrors = FormErrors(), isOver: Bool = false
    ) async throws -> Page {
        let words = visit.words
        let terms = try await visit.ask(RecognitionEndpoints.terms)
        let form = visit.request.form
        let isAsked = visit.hasAsked && form["other"].isEmpty && visit.request.query["other"].isEmpty
        let asked = try isAsked ? visit.asked() : nil
        let codes = form["codes"].isEmpty ? visit.request.query["codes"] : form["codes"]
        let number = visit.request.method == .post ? form["number-of-order"] : asked?.question.order ?? ""
        let planned = [
            FormField(
                "planned", words("What is planned", "准备开的项目"), .choice(choices(terms, visit)), value: form["planned"]),
            FormField(
                "codes", words("Or by codes", "或填代码"),
                hint: words(
                    "with blanks between them: the region's, the unit's own, or LOINC", "多个用空格隔开：区域、机构自己的或 LOINC 代码"),
                value: codes, limit: 2_000),
            FormField(
                "number-of-order", words("Number of the order", "申请单号"),
                hint: words(
                    "one decision for each order and item; without one the match's own is taken",
                    "同一申请单同一项目只记一个决定；不填则用本次匹配的编号"),
                value: number, limit: 64),
        ]
        let view = FormView(
            "/recognition/cards", asked != nil ? planned : PersonForm(visit).fields + planned,
            hidden: asked?.hidden ?? ["other": "1"], errors: errors,
            submit: words("Look for existing results", "查已有结果"))
        let somebodyElse = PageAction.link(
            words("Somebody else", "换一个人"), PageAddress("/recognition/cards", [("other", "1")]), isSmall: true)
        let person = HTML.each(asked) { asked in
            visit.strip(of: asked.question) + "<p class=\"block-s\">\(somebodyElse.html(in: visit.scene))</p>"
        }
        let over = Banner(
            .stale, words("The answer is too old to decide by", "上次的答复已过时"),
            words("Ask again: results may have changed.", "请重新查询：结果可能已有变化。"))
        return Page(
            words("Recognition cards", "互认提示"),
            heading: words("What is planned, and for whom?", "给谁、准备开什么？"),
            lead: HTML(
                words(
                    "Existing results are looked for here and up to the city, by the region's rules. You decide; no card keeps an order back.",
                    "按区域规则在本节点至全市查找已有结果。由您判断；卡片不挡开单。")),
            banners: isOver ? [over] : [], status: errors.isEmpty ? 200 : 422, stamp: .nothingDone,
            watermark: asked != nil ? visit.watermark : nil, person + view.html(in: visit.scene))
    }

    /// Panels first: what is ordered together is looked for together.
    private static func choices(_ terms: RecognitionTermsInfo, _ visit: PageVisit) -> [FormField.Choice] {
        let words = visit.words
        let panels = terms.panels.map {
            FormField.Choice(
                $0.code,
                words("\($0.englishName) (\($0.items.count) items)", "\($0.name)（\($0.items.count) 项）"))
        }
        let items = terms.items.map { FormField.Choice($0.code, words($0.englishName, $0.name)) }
        return [FormField.Choice("", words("choose", "请选择"))] + panels + items
    }

    private static func match(_ visit: PageVisit) async throws -> PageOutcome {
        let form = visit.request.form
        let isNew = !visit.hasAsked || !form["other"].isEmpty
        let shown = try isNew ? nil : visit.askedAsShown()
        var errors = isNew ? PersonForm(visit).errors : FormErrors()
        let codes = ([form["planned"]] + form["codes"].split(whereSeparator: \.isWhitespace).map(String.init))
            .filter { !$0.isEmpty }
        if codes.isEmpty {
            errors.add("planned", visit.words("choose what is planned, or write its code", "请选择项目，或填写代码"))
        }
        guard errors.isEmpty else { return .page(try await plan(visit, errors: errors)) }
        let person = try shown ?? visit.keep(asked: try PersonForm(visit).question())
        let number = form["number-of-order"]
        let found = try await visit.ask(
            RecognitionEndpoints.match,
            .init(
                question: person.question, codes: codes, orderNumber: number.isEmpty ? nil : number))
        try KeptMatch(found).keep(of: person, visit)
        return .redirect("/recognition/cards/shown")
    }

    // MARK: The decision

    /// The match of the person who was asked for, as far as it may still be decided by.
    private static func standing(_ visit: PageVisit) throws -> (AskedPerson, KeptMatch)? {
        guard visit.hasAsked else { return nil }
        let person = try visit.asked()
        return try KeptMatch.standing(of: person, visit).map { (person, $0) }
    }

    private static func decide(_ visit: PageVisit) async throws -> PageOutcome {
        guard let (person, found) = try standing(visit) else { return .page(try await plan(visit, isOver: true)) }
        var kept = found
        let form = visit.request.form
        guard kept.match == form["match"], let place = Int(form["card"]), kept.cards.indices.contains(place),
            kept.cards[place].entry == form["entry"]
        else {
            throw Failure(
                "page.gone", "what the page was about is not there any more", remedy: "look at the list again")
        }
        let isRecognised = form["outcome"] == "recognised"
        let terms = try await visit.ask(RecognitionEndpoints.terms)
        let errors = isRecognised ? FormErrors() : reasonErrors(form, place, terms, visit)
        guard errors.isEmpty else {
            return .page(try await CardView(visit, of: person, errors: errors, tried: place).page(kept))
        }
        let (reason, text) = (form["reason-\(place)"], form["text-\(place)"])
        var number = 1
        for line in kept.cards[place].lines {
            let order = DecisionOrder(
                match: kept.match, item: line.item, entry: kept.cards[place].entry,
                outcome: isRecognised ? "recognised" : "repeated", reason: isRecognised ? nil : reason,
                text: isRecognised || text.isEmpty ? nil : text)
            let decided = try await visit.ask(
                RecognitionEndpoints.decide, .init(order: order, practitioner: try visit.practitioner()))
            number = max(number, decided.number)
        }
        kept.cards[place].decision = .init(
            outcome: isRecognised ? "recognised" : "repeated", at: visit.now.description, number: number)
        try kept.keep(of: person, visit)
        let notice =
            isRecognised
            ? Wording("The result is recognised; it is on disk.", "已互认，已落盘。")
            : Wording("It is done again; the reason is on disk.", "仍要重做，理由已落盘。")
        return .redirect(PageAddress("/recognition/cards/shown", fragment: "card-\(place)"), notice: notice)
    }

    private static func reasonErrors(
        _ form: FormData, _ place: Int, _ terms: RecognitionTermsInfo, _ visit: PageVisit
    ) -> FormErrors {
        var errors = FormErrors()
        guard let reason = terms.reasons.first(where: { $0.code == form["reason-\(place)"] }) else {
            errors.add("reason-\(place)", visit.words("choose why it is done again", "请选择重做的理由"))
            return errors
        }
        if reason.needsText, form["text-\(place)"].isEmpty {
            errors.add("text-\(place)", visit.words("this reason wants words", "这个理由需要文字说明"))
        }
        return errors
    }
}
