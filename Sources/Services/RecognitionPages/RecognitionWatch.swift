package import ConsoleKit
import Effects
import RecognitionEdge
import ServiceKit

/// Mutual recognition as it goes: what was recognised and why not, what changed behind somebody's back, and who opened
/// results without consent.
package enum RecognitionWatch: ServicePages {
    package static let routes = [
        PageRoute(
            .get, "/recognition", for: [.qualityControl, .reporter], menu: .init(.work, Wording("Recognition", "互认")),
            asks: [RecognitionEndpoints.decisions.description]
        ) { .page(try await decisions($0)) },
        PageRoute(
            .get, "/recognition/alerts", for: [.doctor, .expert],
            menu: .init(.work, Wording("Changed results", "结果变更")), asks: [RecognitionEndpoints.alerts.description]
        ) { .page(try await alerts($0)) },
        PageRoute(
            .post, "/recognition/alerts", for: [.doctor, .expert],
            asks: [RecognitionEndpoints.acknowledge.description]
        ) { visit in
            _ = try await visit.ask(
                RecognitionEndpoints.acknowledge,
                .init(
                    current: visit.request.form["current"], unit: visit.visitor.unit,
                    practitioner: try visit.practitioner()))
            return .redirect("/recognition/alerts", notice: Wording("The change is taken note of.", "已知悉该变更。"))
        },
        PageRoute(
            .get, "/recognition/break-glass", for: [.auditor],
            menu: .init(.people, Wording("Break-glass", "紧急打开")), asks: [RecognitionEndpoints.breakGlass.description]
        ) { .page(try await breakGlass($0)) },
    ]

    package static let needs = [
        StartNeed(
            Wording("changed results", "结果变更"), for: [.doctor, .expert],
            asks: [RecognitionEndpoints.alerts.description]
        ) { visit in
            let words = visit.words
            let alerts = try await visit.ask(RecognitionEndpoints.alerts)
                .filter { $0.unit == visit.visitor.unit || visit.visitor.unit == nil }
            guard !alerts.isEmpty else { return [] }
            return [
                NeedsList.Item(
                    alerts.contains(where: \.isVoid) ? .broken : .attention,
                    words.count(
                        alerts.count, "result that was read here has changed",
                        "results that were read here have changed",
                        "份看过的结果有变更"),
                    HTML(words("Somebody here opened or recognised them.", "本机构有人打开或互认过。")),
                    since: alerts.first.flatMap { try? WallTime(text: $0.since) },
                    action: .link(words("Look at them", "去看"), "/recognition/alerts"))
            ]
        }
    ]

    private static let shown: UInt32 = 500
    private static let reviewDays: UInt32 = 30

    // MARK: What was decided

    private static func decisions(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let all = try await visit.ask(RecognitionEndpoints.decisions, .init(limit: shown))
        let recognised = all.filter { $0.outcome == "recognised" }
        let counted = all.filter(\.isCounted)
        let kept = counted.count { $0.outcome == "recognised" }
        let title = words("Recognition", "互认")
        guard !all.isEmpty else {
            let empty = EmptyState(
                words("Nobody has decided yet", "还没有决定"),
                words("Decisions come with orders that match a result.", "医嘱匹配到已有结果后才有决定。"))
            return Page(title, heading: words("No decisions yet", "还没有互认决定"), empty.html(in: visit.scene))
        }
        return Page(
            title,
            heading: words(
                "\(recognised.count) of the last \(all.count) were recognised",
                "最近 \(all.count) 次决定中互认 \(recognised.count) 次"),
            lead: HTML(
                words(
                    "\(kept) of the \(counted.count) that count. Reasons that are good by the region's rules do not.",
                    "计入考核的 \(counted.count) 次中互认 \(kept) 次；区域规则认可的理由不计。")),
            .live("figures", reasons(all, visit) + units(all, visit)))
    }

    private static func reasons(_ all: [DecisionRecordInfo], _ visit: PageVisit) -> HTML {
        let words = visit.words
        let repeated = Dictionary(grouping: all.filter { $0.outcome != "recognised" }) { $0.reason ?? "" }
        guard !repeated.isEmpty else { return .empty }
        let rows = repeated.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { reason, decisions in
            [
                "<span class=\"code\">\(reason)</span>" as HTML, HTML(words.grouped(decisions.count)),
                HTML(decisions.first?.isCounted == true ? words("counts", "计入") : words("does not count", "不计")),
            ]
        }
        let title = words("Why it was done again", "为什么重做")
        let table = DataTable(
            title,
            [.init(words("Reason", "理由")), .number(words("How often", "次数")), .init(words("In the rate", "考核"))],
            rows, hasRowHeads: true)
        return PageSection("reasons", title, table.html(in: visit.scene)).html(in: visit.scene)
    }

    private static func units(_ all: [DecisionRecordInfo], _ visit: PageVisit) -> HTML {
        let words = visit.words
        let rows = Dictionary(grouping: all, by: \.unit).sorted { $0.key < $1.key }.map { unit, decisions in
            let kept = decisions.count { $0.outcome == "recognised" }
            return [
                HTML(visit.node.unit(unit)), HTML(words.grouped(decisions.count)), HTML(words.grouped(kept)),
                HTML(words.grouped(decisions.count - kept)),
            ]
        }
        let title = words("By unit", "按机构")
        let table = DataTable(
            title,
            [
                .init(words("Unit", "机构")), .number(words("Decisions", "决定")), .number(words("Recognised", "互认")),
                .number(words("Done again", "重做")),
            ], rows, hasRowHeads: true)
        return PageSection("units", title, table.html(in: visit.scene)).html(in: visit.scene)
    }

    // MARK: What changed since

    private static func alerts(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let alerts = try await visit.ask(RecognitionEndpoints.alerts)
            .filter { $0.unit == visit.visitor.unit || visit.visitor.unit == nil }
        let title = words("Changed results", "结果变更")
        let items = alerts.map { alert in
            NeedsList.Item(
                alert.isVoid ? .broken : .attention, words(alert.text.en, alert.text.zh),
                """
                \(alert.wasRecognised
                    ? words("It was recognised here.", "本机构互认过。") : words("It was opened here.", "本机构打开过。")) \
                <span class="code">\(alert.report)</span> \(alert.seenVersion) → \(alert.currentVersion)
                """, since: try? WallTime(text: alert.since),
                action: PageAction(
                    words("Take note", "知悉"), .post("/recognition/alerts", ["current": alert.current])))
        }
        let body: HTML =
            items.isEmpty
            ? EmptyState(
                words("Nothing has changed", "没有变更"),
                words("Results that were opened or recognised here are as they were.", "本机构打开或互认过的结果都没有变。")
            ).html(in: visit.scene)
            : NeedsList(items).html(in: visit.scene)
        return Page(
            title,
            heading: items.isEmpty
                ? words("No result has changed", "没有结果变更")
                : words.count(items.count, "result has changed", "results have changed", "份看过的结果有变更"),
            .live("needs", body))
    }

    // MARK: Who broke the glass

    private static func breakGlass(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let openings = try await visit.ask(RecognitionEndpoints.breakGlass, .init(days: reviewDays))
        let title = words("Break-glass", "紧急打开")
        let rows = openings.map { opening -> [HTML] in
            [
                HTML(opening.time), HTML(visit.node.unit(opening.unit)), HTML(visit.node.unit(opening.issuer)),
                "<span class=\"code\">\(opening.report)</span>", "<span class=\"code\">\(opening.entry)</span>",
            ]
        }
        let columns: [DataTable.Column] = [
            DataTable.Column(words("Time", "时间"), sorted: .descending), .init(words("By unit", "打开机构")),
            .init(words("Of unit", "出具机构")), .init(words("Report", "报告")), .init(words("Entry", "条目")),
        ]
        let body: HTML =
            rows.isEmpty
            ? EmptyState(
                words("Nobody broke the glass", "没有紧急打开"), words("In the last 30 days.", "最近 30 天。")
            ).html(in: visit.scene)
            : DataTable(title, columns, rows).html(in: visit.scene)
        let search = PageAction.link(
            words("Who it was, why, and whether it was justified", "是谁、为什么、是否正当"), "/audit/openings")
        return Page(
            title,
            heading: rows.isEmpty
                ? words("No result was opened without consent", "没有未经同意的打开")
                : words.count(
                    rows.count, "result was opened without consent", "results were opened without consent", "份结果未经同意被打开"
                ),
            lead: HTML(words("The last 30 days, the newest first.", "最近 30 天，最新的在前。")),
            body + "<p class=\"block-s\">\(search.html(in: visit.scene))</p>")
    }
}
