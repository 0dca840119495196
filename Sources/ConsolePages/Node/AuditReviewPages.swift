import Console
import ConsoleKit
import Effects
import ServiceKit

/// What was opened without consent, and what an auditor finds about it: a list, a page that asks, and the finding on record.
enum AuditReviewPages {
    static let routes = [
        PageRoute(
            .get, "/audit/openings", for: Roles.auditors,
            menu: .init(.people, Wording("Review of break-glass", "紧急打开复核")),
            asks: [AuditEndpoints.openings.description]
        ) { .page(try await list($0)) },
        PageRoute(
            .get, "/audit/openings/one", for: Roles.auditors, asks: [AuditEndpoints.openings.description]
        ) { .page(try await one($0)) },
        PageRoute(
            .post, "/audit/openings/review", for: Roles.auditors,
            asks: [AuditEndpoints.openings.description, AuditEndpoints.review.description]
        ) { try await review($0) },
    ]

    /// What waits on the auditor's start page.
    static let needs = [
        StartNeed(
            Wording("break-glass", "紧急打开"), for: Roles.auditors, asks: [AuditEndpoints.openings.description]
        ) { visit in
            let listing = try await visit.ask(AuditEndpoints.openings, .init(isWaiting: true, limit: shown))
            guard listing.waiting > 0 else { return [] }
            let words = visit.words
            return [
                NeedsList.Item(
                    .attention,
                    words(
                        "\(listing.waiting) \(listing.waiting == 1 ? "opening" : "openings") without consent not yet reviewed",
                        "\(listing.waiting) 次紧急打开还没有复核"),
                    HTML(
                        words(
                            "Somebody opened data without consent, with a reason; an auditor says whether it was justified.",
                            "有人未经同意打开了数据并写了理由；由审计员判定是否正当。")),
                    since: PageVisit.time(listing.waitingSince),
                    action: .link(words("Review them", "去复核"), PageAddress("/audit/openings", [("waiting", "1")])))
            ]
        }
    ]

    private static let shown: UInt32 = 200

    // MARK: The list

    private static func list(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let isWaiting = visit.request.query["waiting"] == "1"
        let listing = try await visit.ask(
            AuditEndpoints.openings, .init(isWaiting: isWaiting ? true : nil, limit: shown))
        let title = words("Review of break-glass", "紧急打开复核")
        let bar = FilterBar(
            "/audit/openings", words("Which openings", "筛选"),
            [
                FormField(
                    "waiting", words("Only what waits", "只看未复核的"),
                    .choice([.init("", words("no", "否")), .init("1", words("yes", "是"))]),
                    value: isWaiting ? "1" : "")
            ], isInForce: isWaiting)
        let items = listing.openings.map { item($0, visit) }
        let body: HTML =
            items.isEmpty
            ? EmptyState(
                isWaiting ? words("Nothing waits", "没有未复核的") : words("Nobody broke the glass", "没有紧急打开"),
                words("In the last 90 days.", "最近 90 天。")
            ).html(in: visit.scene)
            : ReasonList(items).html(in: visit.scene)
        let more = HTML.when(
            listing.isTruncated,
            "<p class=\"note\">\(words("There are more: the newest are shown.", "还有更多：显示最新的。"))</p>")
        return Page(
            title,
            heading: listing.waiting == 0
                ? words("Every opening without consent was reviewed", "紧急打开都已复核")
                : words(
                    "\(listing.waiting) \(listing.waiting == 1 ? "opening" : "openings") without consent not yet reviewed",
                    "\(listing.waiting) 次紧急打开还没有复核"),
            lead: HTML(
                words(
                    "Of the last 90 days, as this node's audit has them; what comes after a finding waits anew.",
                    "最近 90 天，以本节点的审计为准；复核之后又有的查看须再复核。")),
            bar.html(in: visit.scene) + .live("openings", body + more))
    }

    private static func item(_ opening: OpeningInfo, _ visit: PageVisit) -> ReasonList.Item {
        let words = visit.words
        let address = PageAddress("/audit/openings/one", [("opening", opening.opening)])
        let finding = opening.isWaiting ? nil : opening.reviews.last
        let mark: StateMark = finding.map { self.mark($0.finding) } ?? .attention
        let state = finding.map { words(word($0.finding)) } ?? words("waits", "待复核")
        let since = HTML.each(PageVisit.time(opening.lastAt)) { time in
            "\(Moment(time).short(seenFrom: visit.now))<br>\(Moment(time).age(visit.scene))"
        }
        return ReasonList.Item(
            mark, state: state,
            words(
                "\(opening.practitioner), \(visit.node.unit(opening.unit))",
                "\(opening.practitioner)，\(visit.node.unit(opening.unit))"),
            "「\(opening.reason)」", count: "\(opening.looks.count)",
            unit: words(opening.looks.count == 1 ? "look" : "looks", "次"), since: since,
            action: .link(opening.isWaiting ? words("Review", "复核") : words("Look at it", "查看"), address))
    }

    static func mark(_ finding: AuditReview.Finding) -> StateMark { finding == .justified ? .ok : .broken }

    static func word(_ finding: AuditReview.Finding) -> Wording {
        finding == .justified ? Wording("justified", "正当") : Wording("not justified", "不正当")
    }

    // MARK: One opening

    private static func one(_ visit: PageVisit, errors: FormErrors = FormErrors()) async throws -> Page {
        let words = visit.words
        let form = visit.request.form
        let id = visit.request.query["opening"].isEmpty ? form["opening"] : visit.request.query["opening"]
        let listing = try await visit.ask(AuditEndpoints.openings, .init(days: 3_660, opening: id))
        guard let opening = listing.openings.first else {
            throw Failure(
                "page.gone", "what the page was about is not there any more", remedy: "look at the list again")
        }
        let back = PageAction.link(words("Back to the list", "回到列表"), "/audit/openings", style: .quiet)
        let view = FormView(
            "/audit/openings/review",
            [
                FormField(
                    "finding", words("Was it justified?", "是否正当？"),
                    .radio(AuditReview.Finding.allCases.map { .init($0.rawValue, words(word($0))) }),
                    value: form["finding"]),
                FormField(
                    "words", words("Why", "理由"), hint: words("one line, without names", "一行，不写姓名"),
                    value: form["words"],
                    isRequired: true, limit: Limits.reviewWordsBytes / 3),
            ], hidden: ["opening": opening.opening], errors: errors,
            submit: words("Write the finding down", "记下复核结论"), back: back)
        let warning = Banner(
            .attention, words("A finding stays", "复核结论不能撤销"),
            words(
                "It is written into the ledger under your name; a later one stands beside it.",
                "它以您的名义写入账本；以后的结论与它并列。"))
        return Page(
            words("An opening without consent", "一次紧急打开"),
            eyebrow: words("Review of break-glass · one", "紧急打开复核 · 一次"),
            heading: words(
                "Was it justified that \(opening.practitioner) opened this?", "\(opening.practitioner) 的这次打开是否正当？"),
            status: errors.isEmpty ? 200 : 422, stamp: .nothingDone,
            Columns(
                ConfirmView(warning: warning, facts: facts(opening, visit), form: view).html(in: visit.scene)
                    + looks(opening, visit),
                aside: findings(opening, visit)
            ).html(in: visit.scene))
    }

    private static func facts(_ opening: OpeningInfo, _ visit: PageVisit) -> Pairs {
        let words = visit.words
        func time(_ text: String) -> HTML { .each(PageVisit.time(text)) { Moment($0).withAge(visit.scene) } }
        return Pairs([
            (words("Who", "谁"), HTML(opening.practitioner)), (words("Unit", "机构"), HTML(visit.node.unit(opening.unit))),
            (words("Where", "节点"), HTML(visit.node.node(opening.node))),
            (words("Purpose", "目的"), HTML(words(visit.node.purposes.wording(of: opening.purpose)))),
            (words("Reason given", "当时写的理由"), "<b>「\(opening.reason)」</b>"),
            (words("First", "第一次"), time(opening.firstAt)), (words("Last", "最后一次"), time(opening.lastAt)),
            (words("Statement", "声明"), "<span class=\"code\">\(opening.statement)</span>"),
        ])
    }

    private static func looks(_ opening: OpeningInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let title = words("What was looked at", "看了什么")
        let rows = opening.looks.map { look -> [HTML] in
            let outcome = AuditRecord.Outcome(rawValue: look.outcome)
            return [
                .each(PageVisit.time(look.at)) { Moment($0).withAge(visit.scene) },
                "<span class=\"code\">\(look.action)</span>",
                (outcome?.mark ?? .unknown).html(
                    words, outcome.map { words($0.word(answered: look.answered)) } ?? look.outcome),
            ]
        }
        let table = DataTable(
            title, [.init(words("Time", "时间")), .init(words("What", "做了什么")), .init(words("Outcome", "结果"))], rows)
        return PageSection("looks", title, table.html(in: visit.scene)).html(in: visit.scene)
    }

    private static func findings(_ opening: OpeningInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let items = opening.reviews.map { review in
            Timeline.Item(
                PageVisit.time(review.at),
                "\(mark(review.finding).html(words, words(word(review.finding)))) \(review.words) <small class=\"note\">\(review.reviewer)</small>"
            )
        }
        let body: HTML =
            items.isEmpty
            ? "<p>\(words("Nobody has reviewed it yet.", "还没有人复核。"))</p>" : Timeline(items).html(in: visit.scene)
        return PageSection("findings", words("Findings", "复核结论"), body).html(in: visit.scene)
    }

    private static func review(_ visit: PageVisit) async throws -> PageOutcome {
        let (words, form) = (visit.words, visit.request.form)
        var errors = FormErrors()
        let finding = AuditReview.Finding(rawValue: form["finding"])
        if finding == nil { errors.add("finding", words("say whether it was justified", "请判定是否正当")) }
        if form["words"].isEmpty { errors.add("words", words("say in one sentence why", "请用一句话说明理由")) }
        guard let finding, errors.isEmpty else { return .page(try await one(visit, errors: errors)) }
        _ = try await visit.ask(
            AuditEndpoints.review,
            .init(
                opening: form["opening"], finding: finding, words: form["words"], reviewer: visit.visitor.account,
                practitioner: visit.visitor.practitioner))
        return .redirect(
            PageAddress("/audit/openings", [("waiting", "1")]),
            notice: Wording("The finding is on disk.", "复核结论已落盘。"))
    }
}
