package import ConsoleKit
import Effects
import Indicators
import Regions
import ServiceKit

/// The figures of a period, unit by unit, with who is missing.
package enum IndicatorPages: ServicePages {
    private static let readers: Set<ConsoleRole> = [.operator, .qualityControl, .reporter, .auditor]

    package static let routes = [
        PageRoute(
            .get, "/indicators", for: readers, menu: .init(.work, Wording("Indicators", "指标")),
            asks: [IndicatorEndpoints.show.description]
        ) { .page(try await page($0)) }
    ]

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let asked = visit.request.query["period"]
        let report = try await visit.ask(IndicatorEndpoints.show, .init(period: asked.isEmpty ? nil : asked))
        let missing = report.units.filter { $0.state == .missing }
        let heading =
            missing.isEmpty
            ? words(
                "\(report.period): all \(report.units.count) units are in",
                "\(report.period)：\(report.units.count) 个单位都在内")
            : words(
                "\(report.period): \(missing.count) of \(report.units.count) units are missing",
                "\(report.period)：\(report.units.count) 个单位中 \(missing.count) 个未上报")
        let bar = FilterBar(
            "/indicators", words("Choose the period", "选择期间"),
            [
                FormField(
                    "period", words("Period", "期间"),
                    hint: words("2026-11-21, 2026-11, 2026Q4 or 2026", "2026-11-21、2026-11、2026Q4 或 2026"),
                    value: asked.isEmpty ? report.period : asked, limit: 10)
            ], isInForce: !asked.isEmpty)
        let lead = words(
            report.isOver
                ? "The period is over; what is published stays as it is."
                : "The period goes on; what is published stays as it is.",
            report.isOver ? "期间已结束；已发布的数字不再变。" : "期间未结束；已发布的数字不再变。")
        return Page(
            words("Indicators", "指标"), heading: heading, lead: HTML(lead),
            bar.html(in: visit.scene) + table(report, visit) + states(report, visit) + chart(report, visit))
    }

    private static func name(_ figure: IndicatorFigure, _ words: Words) -> String {
        words(figure.englishName, figure.chineseName)
    }

    /// One column for each indicator that a unit has figures of.
    private static func table(_ report: PeriodReport, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let figures = report.units.flatMap { $0.current?.figures ?? [] }
        let indicators = Dictionary(figures.map { ($0.indicator, $0) }, uniquingKeysWith: { first, _ in first })
            .values.sorted { $0.indicator < $1.indicator }
        guard !indicators.isEmpty else {
            return EmptyState(
                words("No figures yet", "还没有数字"),
                words("They come with the first facts of the period.", "期间内有了第一条事实就有数字。")
            ).html(in: visit.scene)
        }
        let title = words("Figures", "数字")
        let columns =
            [DataTable.Column(words("Unit", "单位"))]
            + indicators.map { DataTable.Column.number(name($0, words)) }
        let rows = report.units.map { unit -> [HTML] in
            let own = Dictionary(
                (unit.current?.figures ?? []).map { ($0.indicator, $0) }, uniquingKeysWith: { first, _ in first })
            return ["\(unit.name)<small class=\"note code\">\(unit.unit)</small>"]
                + indicators.map { indicator in
                    guard let figure = own[indicator.indicator] else { return HTML(words("missing", "未报")) }
                    let unitName = words(figure.englishUnit, figure.chineseUnit)
                    let text = words(figure.englishText ?? "–", figure.chineseText ?? "–")
                    return "\(text)<small class=\"note\">\(unitName)</small>"
                }
        }
        return PageSection(
            "figures", title, note: HTML(words("a unit with everything below it", "含下级")),
            DataTable(title, columns, rows, hasRowHeads: true).html(in: visit.scene)
        ).html(in: visit.scene)
    }

    private static func mark(_ state: UnitFigures.State) -> StateMark {
        switch state {
        case .open, .waiting: .waiting
        case .missing: .attention
        case .published, .amended: .ok
        }
    }

    private static func states(_ report: PeriodReport, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let rows = report.units.map { unit -> [HTML] in
            let edition = unit.editions.last
            let lacking = (edition?.missing ?? []) + (edition?.missingBelow ?? [])
            return [
                HTML(unit.name), mark(unit.state).html(words, words(unit.state.rawValue, unit.state.chineseName)),
                HTML(edition.map { "\($0.version)" } ?? "–"),
                .each(edition?.closedAt.flatMap { try? WallTime(text: $0) }) { Moment($0).withAge(visit.scene) },
                HTML(lacking.isEmpty ? "–" : lacking.joined(separator: words(", ", "、"))),
            ]
        }
        let title = words("Who is in", "谁在内")
        return PageSection(
            "states", title,
            DataTable(
                title,
                [
                    .init(words("Unit", "单位")), .init(words("State", "状态")), .number(words("Edition", "版次")),
                    .init(words("Closed", "关账")), .init(words("Missing below", "缺下级")),
                ], rows, hasRowHeads: true
            ).html(in: visit.scene)
        ).html(in: visit.scene)
    }

    /// The first indicator by unit, as bars: a unit without a figure is a gap and no zero.
    private static func chart(_ report: PeriodReport, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let figures = report.units.compactMap { $0.current?.figures.first }
        guard report.units.count > 1, let first = figures.first else { return .empty }
        let bars = report.units.dropFirst().map { unit -> BarChart.Bar in
            let figure = unit.current?.figures.first { $0.indicator == first.indicator }
            return BarChart.Bar(unit.name, figure.map { Int(clamping: $0.numerator) }, isOpen: unit.state == .open)
        }
        guard !bars.isEmpty else { return .empty }
        let most = bars.filter { $0.value != nil }.max { ($0.value ?? 0) < ($1.value ?? 0) }
        let finding =
            most.map { words("\($0.name) has most: \($0.value ?? 0)", "\($0.name)最多：\($0.value ?? 0)") }
            ?? words("no figures", "没有数字")
        let title = name(first, words)
        let chart = BarChart(
            "first", title, finding: finding, nameTitle: words("Unit", "单位"), valueTitle: words("Count", "数"),
            Array(bars))
        return PageSection("chart", title, note: HTML(finding), chart.html(in: visit.scene)).html(in: visit.scene)
    }
}
