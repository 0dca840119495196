import ConsoleKit
import Effects
import RecognitionEdge

/// The cards of a match: for each result why it counts or not, until when, what is spared, and the decision.
struct CardView {
    private let visit: PageVisit
    private let person: AskedPerson
    /// What is wrong with the decision that was sent, and of which card.
    private let errors: FormErrors
    private let tried: Int?

    init(_ visit: PageVisit, of person: AskedPerson, errors: FormErrors = FormErrors(), tried: Int? = nil) {
        self.visit = visit
        self.person = person
        self.errors = errors
        self.tried = tried
    }

    private var words: Words { visit.words }
    private func said(_ text: SentenceInfo) -> String { words(text.en, text.zh) }

    func page(_ kept: KeptMatch) async throws -> Page {
        let terms = try await visit.ask(RecognitionEndpoints.terms)
        let usable = kept.cards.enumerated().filter { $0.element.verdict != "not" }
        let refused = kept.cards.filter { $0.verdict == "not" }
        let recognisable = usable.count { $0.element.verdict == "recognised" }
        let heading =
            usable.isEmpty
            ? words("Nothing can be recognised for this order", "没有可互认的结果")
            : words(
                "\(recognisable) recognisable, \(usable.count - recognisable) for you to judge",
                "\(recognisable) 份可互认，\(usable.count - recognisable) 份由您判断")
        var banners: [Banner] = []
        if !kept.isReachWhole {
            banners.append(Banner(.stale, words("Not everybody could be asked", "有节点没有问到"), said(kept.reach)))
        }
        let cards = usable.map { card($0.element, of: kept.match, place: $0.offset, terms) }
        let list: HTML =
            cards.isEmpty
            ? EmptyState(
                words("No card", "没有卡片"),
                words("Nothing that exists may take the place of what is planned.", "没有能替代所开项目的已有结果。"),
                action: .link(words("Plan something else", "换一个项目"), "/recognition/cards")
            ).html(in: visit.scene)
            : "<h2 class=\"hide\">\(words("Cards", "卡片"))</h2>\(CardList(cards).html(in: visit.scene))"
        return Page(
            words("Recognition cards", "互认提示"), eyebrow: words("Recognition cards · shown", "互认提示 · 结果"),
            heading: heading,
            lead: HTML(
                words(
                    "You decide; no card keeps an order back. Values are seen after opening, and opening is on record.",
                    "由您判断；卡片不挡开单。打开后才看得到数值，打开会记录。")),
            banners: banners, status: errors.isEmpty ? 200 : 422, watermark: visit.watermark,
            visit.strip(of: person.question) + list + others(kept, refused))
    }

    // MARK: One card

    private func card(
        _ card: KeptMatch.Card, of match: String, place: Int, _ terms: RecognitionTermsInfo
    ) -> CardList.Card {
        let hidden = ["card": "\(place)", "entry": card.entry, "match": match]
        let isRecognised = card.verdict == "recognised"
        let verdict =
            isRecognised
            ? StateMark.ok.html(words, words("recognisable", "可互认"))
            : StateMark.attention.html(words, words("for you to judge", "由医师判断"))
        let title = card.lines.count == 1 ? said(card.lines[0].name) : card.service
        let names: HTML = .when(
            card.lines.count > 1,
            "<p class=\"note\">\(card.lines.map { said($0.name) }.joined(separator: words(", ", "、")))</p>")
        let mark: HTML = .each(card.mark) { mark in
            "<b>\(mark)</b> \(HTML.each(card.certificate) { "<small class=\"code\">\($0)</small> " })"
        }
        return CardList.Card(
            "card-\(place)", state: verdict, title,
            """
            \(names)<p>\(mark)\(card.issuerName)<br>\(reported(card))</p>\(window(card))\(spared(card, terms))\
            <p>\(said(card.text))</p>\(decision(card, hidden, place: place, terms))\(why(card))
            """, isDone: card.decision != nil)
    }

    private func reported(_ card: KeptMatch.Card) -> HTML {
        let version = words("version \(card.version)", "第 \(card.version) 版")
        guard let time = card.reportTime.flatMap({ try? WallTime(text: $0) }) else {
            return "\(words("no report time", "没有报告时间"))\(words(", ", "，"))\(version)"
        }
        return "\(words("reported ", "报告 "))\(Moment(time).day)\(words(", ", "，"))\(version)"
    }

    /// How long it may still be recognised: the shortest of what it holds.
    private func window(_ card: KeptMatch.Card) -> HTML {
        let ends = card.lines.compactMap { $0.validUntil.flatMap { try? WallTime(text: $0) } }
        guard let end = ends.min() else { return .empty }
        let left = end.milliseconds(since: visit.now)
        guard left >= 0 else { return "<p>\(words("its time is over", "已超过互认时限"))</p>" }
        let days = left / 86_400_000
        let text =
            days == 0
            ? words("until the end of today", "今天内有效")
            : words("\(days) days left, until \(Moment(end).day)", "还有 \(days) 天，至 \(Moment(end).day)")
        return "<p class=\"num\">\(text)</p>"
    }

    /// What the patient does not pay again.
    private func spared(_ card: KeptMatch.Card, _ terms: RecognitionTermsInfo) -> HTML {
        let prices = card.lines.compactMap { line in terms.items.first { $0.code == line.item }?.priceFen }
        guard !prices.isEmpty else { return .empty }
        let fen = prices.reduce(0, +)
        let cents = fen % 100
        let amount = "¥ \(words.grouped(fen / 100)).\(cents < 10 ? "0" : "")\(cents)"
        let rest = card.lines.count - prices.count
        let note = rest == 0 ? "" : words("; \(rest) have no price", "；\(rest) 项没有价格")
        return "<p class=\"num\">\(words("not paid again: \(amount)\(note)", "不再收费 \(amount)\(note)"))</p>"
    }

    private func why(_ card: KeptMatch.Card) -> HTML {
        let rows = card.reasons.map { reason -> HTML in
            let mark: HTML =
                switch reason.outcome {
                case "passed": StateMark.ok.html(words, words("holds", "符合"))
                case "failed": StateMark.broken.html(words, words("does not hold", "不符合"))
                case "doubt": StateMark.attention.html(words, words("to be judged", "待判断"))
                default: StateMark.waiting.html(words, words("for information", "供参考"))
                }
            return "<li>\(mark) \(said(reason.text))</li>"
        }
        guard !rows.isEmpty else { return .empty }
        return """
            <details><summary>\(words("What counts and what does not", "哪些符合，哪些不符合"))</summary><ul>\(rows)</ul></details>
            """
    }

    // MARK: The decision

    private func decision(
        _ card: KeptMatch.Card, _ hidden: [String: String], place: Int, _ terms: RecognitionTermsInfo
    ) -> HTML {
        let open = PageAction.link(
            words("Open it", "打开看"), PageAddress("/results/one", [("entry", card.entry)]), style: .quiet, isSmall: true)
        guard let decided = card.decision else {
            return "<div class=\"row\">\(recognise(card, hidden))\(open.html(in: visit.scene))</div>"
                + again(place, hidden, terms, words("Do it again all the same, and why", "仍要重做，说明理由"))
        }
        let time = (try? WallTime(text: decided.at)).map { Moment($0).clock } ?? ""
        let text =
            decided.outcome == "recognised"
            ? words("You decided at \(time): recognised", "您在 \(time) 决定：互认")
            : words("You decided at \(time): it is done again", "您在 \(time) 决定：重做")
        let change: HTML
        if decided.number > 1 {
            change = "<p class=\"note\">\(words("It was changed once and stands.", "已改过一次，不能再改。"))</p>"
        } else if decided.outcome == "recognised" {
            change = again(place, hidden, terms, words("Change it once: do it again", "改一次：仍要重做"))
        } else {
            change = recognise(card, hidden)
        }
        return "<p>\(text)</p><div class=\"row\">\(open.html(in: visit.scene))</div>\(change)"
    }

    /// Where the doctor judges, nothing stands out.
    private func recognise(_ card: KeptMatch.Card, _ hidden: [String: String]) -> HTML {
        PageAction(
            words("Recognise it", "互认，不再开"),
            .post("/recognition/cards/decide", hidden.merging(["outcome": "recognised"]) { $1 }),
            style: card.verdict == "recognised" && card.decision == nil ? .primary : .plain, isSmall: true
        ).html(in: visit.scene)
    }

    private func again(
        _ place: Int, _ hidden: [String: String], _ terms: RecognitionTermsInfo, _ summary: String
    ) -> HTML {
        let form = visit.request.form
        let isTried = tried == place
        let choices =
            [FormField.Choice("", words("choose", "请选择"))]
            + terms.reasons.map { FormField.Choice($0.code, "\($0.code) \(words($0.en, $0.zh))") }
        let view = FormView(
            "/recognition/cards/decide",
            [
                FormField(
                    "reason-\(place)", words("Why it is done again", "重做的理由"), .choice(choices),
                    value: isTried ? form["reason-\(place)"] : "", isRequired: true),
                FormField(
                    "text-\(place)", words("In words", "文字说明"), hint: words("no names", "不写姓名"),
                    value: isTried ? form["text-\(place)"] : "", limit: 200),
            ], hidden: hidden.merging(["outcome": "repeated"]) { $1 },
            errors: isTried ? errors : FormErrors(), submit: words("Write the reason down", "记下理由"), style: .plain)
        return "<details\(.when(isTried, " open"))><summary>\(summary)</summary>\(view.html(in: visit.scene))</details>"
    }

    // MARK: What made no card

    private func others(_ kept: KeptMatch, _ refused: [KeptMatch.Card]) -> HTML {
        var rows = refused.map { card -> HTML in
            let open = PageAction.link(
                words("Open it", "打开看"), PageAddress("/results/one", [("entry", card.entry)]), isSmall: true)
            let names = card.lines.map { said($0.name) }.joined(separator: words(", ", "、"))
            return "<li><b>\(names)</b> \(card.issuerName): \(said(card.text)) \(open.html(in: visit.scene))</li>"
        }
        if !kept.missing.isEmpty {
            let names = kept.missing.map(said).joined(separator: words(", ", "、"))
            rows.append("<li>\(words("No result exists of: ", "没有已有结果："))\(names)</li>")
        }
        if !kept.unknown.isEmpty {
            rows.append(
                "<li>\(words("Not in the catalogue: ", "目录中没有："))<span class=\"code\">\(kept.unknown.joined(separator: " "))</span></li>"
            )
        }
        if kept.isShortened {
            rows.append("<li>\(words("There are more results: the best are shown.", "还有更多结果：显示最合适的。"))</li>")
        }
        guard !rows.isEmpty else { return .empty }
        return PageSection(
            "others", words("What made no card", "没有成卡的"),
            note: HTML(said(kept.reach)), "<ul>\(rows)</ul>"
        ).html(in: visit.scene)
    }
}
