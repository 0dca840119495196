import Console
import ConsoleKit
import Effects
import ServiceKit

/// Who looked at whom: the newest looks, break-glass first, and who looked at one person.
enum AuditPages {
    static let routes = [
        PageRoute(
            .get, "/audit", for: Roles.auditors, menu: .init(.people, Wording("Audit", "审计")),
            asks: [AuditEndpoints.list.description]
        ) { .page(try await page($0)) },
        PageRoute(.post, "/audit/person", for: Roles.auditors) { visit in
            // Whom somebody asks for stands in the session, never in an address.
            let form = visit.request.form
            try visit.memory.keep(
                personKey, [form["type"], form["authority"], form["number"]].joined(separator: "\u{1F}"))
            return .redirect("/audit/person")
        },
        PageRoute(
            .get, "/audit/person", for: Roles.auditors, asks: [AuditEndpoints.list.description]
        ) { .page(try await person($0)) },
    ]

    private static let personKey = "looked-at"
    private static let shown: UInt32 = 100

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let query = visit.request.query
        let filter = AuditFilter(
            practitioner: given(query["who"]), purpose: given(query["purpose"]), node: given(query["node"]),
            isAlert: query["alerts"] == "1" ? true : nil, from: given(query["from"]), to: given(query["to"]),
            limit: shown)
        let listing = try await visit.ask(AuditEndpoints.list, filter)
        let broken = listing.records.filter { $0.breakGlassReason != nil }
        let heading =
            broken.isEmpty
            ? words(
                "No break-glass among the last \(listing.records.count) looks", "最近 \(listing.records.count) 次查看中没有紧急打开"
            )
            : words(
                "\(broken.count) of the last \(listing.records.count) looks broke the glass",
                "最近 \(listing.records.count) 次查看中 \(broken.count) 次是紧急打开")
        return Page(
            words("Audit", "审计"), heading: heading,
            lead: HTML(
                words(
                    "The auditor sees who looked, why and on which ground; neither names of patients nor results.",
                    "审计员看到谁、为什么、凭什么查看；看不到患者姓名和结果。")),
            breakGlass(broken, visit) + search(listing, visit) + personForm(visit))
    }

    private static func given(_ text: String) -> String? { text.isEmpty ? nil : text }

    private static func breakGlass(_ records: [AuditInfo], _ visit: PageVisit) -> HTML {
        let words = visit.words
        guard !records.isEmpty else { return .empty }
        let items = records.map { record in
            NeedsList.Item(
                record.review.map { AuditReviewPages.mark($0.finding) } ?? .attention,
                words("\(record.practitioner), \(record.unit)", "\(record.practitioner)，\(record.unit)"),
                "「\(record.breakGlassReason ?? "")」 <small class=\"note code\">\(record.statement)</small>",
                since: PageVisit.time(record.at),
                action: .link(
                    record.review == nil ? words("Review", "复核") : words("Look at it", "查看"),
                    PageAddress("/audit/openings/one", [("opening", record.entry)])))
        }
        return PageSection(
            "glass", words("Break-glass", "紧急打开"),
            note:
                "<a href=\"/audit/openings\">\(words("with the reason that was given; all of them", "附当时写的理由；看全部"))</a>",
            NeedsList(items).html(in: visit.scene)
        ).html(in: visit.scene)
    }

    private static func search(_ listing: AuditListing, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let query = visit.request.query
        let purposes = visit.node.purposes.rules.map { FormField.Choice($0.purpose.rawValue, words($0.word)) }
        let bar = FilterBar(
            "/audit", words("Search the audit", "检索审计"),
            [
                FormField("from", words("From", "从"), .date, value: query["from"]),
                FormField("to", words("Before", "到（不含）"), .date, value: query["to"]),
                FormField("who", words("Practitioner", "执业人员"), value: query["who"]),
                FormField(
                    "purpose", words("Purpose", "目的"), .choice([.init("", words("all", "全部"))] + purposes),
                    value: query["purpose"]),
                FormField("node", words("Node", "节点"), value: query["node"]),
                FormField(
                    "alerts", words("Only alerts", "只看告警"),
                    .choice([.init("", words("no", "否")), .init("1", words("yes", "是"))]), value: query["alerts"]),
            ], isInForce: ["from", "to", "who", "purpose", "node", "alerts"].contains { !query[$0].isEmpty })
        let body: HTML =
            listing.records.isEmpty
            ? EmptyState(words("Nothing fits", "没有符合的"), words("Take less into the filter.", "请放宽筛选。")).html(
                in: visit.scene)
            : table(listing, visit)
        return PageSection("search", words("Search", "检索"), bar.html(in: visit.scene) + body).html(in: visit.scene)
    }

    static func table(_ listing: AuditListing, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let columns: [DataTable.Column] = [
            DataTable.Column(words("Time", "时间"), sorted: .descending), .init(words("Who", "谁")),
            .init(words("What", "做了什么")), .init(words("Purpose", "目的")), .init(words("Ground", "依据")),
            .init(words("Outcome", "结果")), .init(words("Where", "节点")),
        ]
        let rows = listing.records.map { record -> [HTML] in
            let outcome = AuditRecord.Outcome(rawValue: record.outcome)
            let purpose = words(visit.node.purposes.wording(of: record.purpose))
            let ground =
                record.breakGlassReason == nil ? words("statement", "声明") : words("break-glass", "紧急打开")
            let finding: HTML =
                record.breakGlassReason == nil
                ? .empty
                : record.review.map { review in
                    AuditReviewPages.mark(review.finding).html(words, words(AuditReviewPages.word(review.finding)))
                } ?? StateMark.attention.html(words, words("not yet reviewed", "未复核"))
            return [
                .each(PageVisit.time(record.at)) { Moment($0).withAge(visit.scene) },
                "\(record.practitioner)<small class=\"note\">\(record.unit) \(record.system)</small>",
                "<span class=\"code\">\(record.action)</span>", HTML(purpose),
                "\(ground) \(finding)<small class=\"note code\">\(record.statement)</small>",
                (outcome?.mark ?? .unknown).html(
                    words, outcome.map { words($0.word(answered: record.answered)) } ?? record.outcome),
                "\(record.node)\(.when(!record.caller.isEmpty, "<small class=\"note code\">← \(record.caller)</small>"))",
            ]
        }
        let more = HTML.when(
            listing.isTruncated,
            "<p class=\"note\">\(words("There are more: narrow the time.", "还有更多：请缩小时间范围。"))</p>")
        return DataTable(words("Looks", "查看记录"), columns, rows).html(in: visit.scene) + more
    }

    private static func personForm(_ visit: PageVisit) -> HTML {
        let words = visit.words
        let form = FormView(
            "/audit/person",
            [
                FormField(
                    "number", words("Number", "证件号"),
                    hint: words(
                        "stands in the form alone, in no address, title or log; this search is on record too",
                        "只在表单里提交，不进网址、标题和日志；这次查询本身也会记入审计"),
                    isRequired: true, limit: 64)
            ], hidden: ["type": "citizenID", "authority": "CN"], submit: words("Who looked at this person", "谁看过此人"),
            style: .plain)
        return PageSection("person", words("Who looked at one person", "谁看过此人"), form.html(in: visit.scene))
            .html(in: visit.scene)
    }

    private static func person(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let parts = (visit.memory[personKey] ?? "").split(separator: "\u{1F}", omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 3, !parts[2].isEmpty else {
            throw Failure("page.nobodyAsked", "nobody was asked for", remedy: "enter the number again")
        }
        let identifier = IdentifierInfo(type: parts[0], authority: parts[1], value: parts[2])
        let listing = try await visit.ask(
            AuditEndpoints.list,
            AuditFilter(patient: identifier, asker: visit.visitor.account, limit: shown))
        let count = listing.records.count
        let back = PageAction.link(words("Back to the audit", "回到审计"), "/audit")
        let body: HTML =
            listing.records.isEmpty
            ? EmptyState(
                words("Nobody has looked", "没有人看过"),
                words("This node has no record about this person.", "本节点没有关于此人的记录。")
            ).html(in: visit.scene)
            : table(listing, visit)
        return Page(
            words("Who looked at one person", "谁看过此人"), eyebrow: words("Audit · one person", "审计 · 一个人"),
            heading: words("\(count) looks at this person", "此人被查看 \(count) 次"),
            lead: HTML(words("This search stands in the audit as well.", "这次查询也已记入审计。")),
            watermark: Watermark("\(visit.visitor.name) \(visit.node.id) \(Moment(visit.now).full)"),
            body + "<p class=\"block-s\">\(back.html(in: visit.scene))</p>")
    }
}
