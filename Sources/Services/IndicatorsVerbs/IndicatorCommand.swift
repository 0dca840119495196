import ArgumentParser
import Console
import Effects
import Indicators
import VerbKit

/// The verbs of `yilian indicator`.
struct IndicatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicator", abstract: "Show and close a period's figures.",
        discussion: """
            Periods: 2026-11-21 (day), 2026-11 (month), 2026Q4 (quarter), 2026 (year).

            Example: yilian indicator show --period 2026-11 --data /var/lib/yilian/yangquan-shi
            """,
        subcommands: [IndicatorShow.self, IndicatorClose.self])
}

/// The verb `yilian indicator show`.
struct IndicatorShow: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the figures of a unit and of those below it.",
        discussion: """
            Numerator and denominator, who is in it, who is missing. Live figures stand where nothing is published. With
            --unit a unit directly below is asked itself, and says what it would publish now.

            Example: yilian indicator show --period 2026-11-21 --data /var/lib/yilian/pingding
            Example: yilian indicator show --period 2026-11-21 --unit jucheng --data /var/lib/yilian/pingding
            """)
    static let endpoint = IndicatorEndpoints.show

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The period; today where it is not given.", valueName: "period"))
    var period: String?

    @Option(help: ArgumentHelp("The node of a unit directly below that is asked.", valueName: "node"))
    var unit: String?

    func question() -> IndicatorEndpoints.PeriodQuestion { .init(period: period, unit: unit) }

    func show(_ report: PeriodReport) {
        Terminal.line(
            "period \(report.period), \(report.start) to \(report.end)\(report.isOver ? "" : ", not over yet")")
        var table = TextTable("UNIT", "NAME", "INDICATOR", ">NUMERATOR", ">DENOMINATOR", "SHOWN", "EDITION", "MISSING")
        for row in report.rows {
            table.add(
                row.unit, row.name, row.chineseName, "\(row.numerator)", "\(row.denominator)", row.chineseText ?? "-",
                row.isLive ? "live" : "\(row.version)", row.missing.isEmpty ? "-" : row.missing.joined(separator: " "))
        }
        Terminal.line(table.text)
        for unit in report.units where unit.current == nil {
            Terminal.line("! \(unit.unit)  \(unit.name): \(unit.stateName)")
        }
    }
}

/// The verb `yilian indicator close`.
struct IndicatorClose: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close a period of this unit, or amend it where something came late.",
        discussion: """
            A node does this by itself. With --force now, before the period's end and without those who are missing. With
            --unit a unit directly below is reminded, and closes what is due. Exit code 3: it is not time yet.

            Example: yilian indicator close --period 2026-11-21 --force --data /var/lib/yilian/jucheng
            Example: yilian indicator close --period 2026-11-21 --unit jucheng --data /var/lib/yilian/pingding
            """)
    static let endpoint = IndicatorEndpoints.close

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The period; today where it is not given.", valueName: "period"))
    var period: String?

    @Flag(help: "Close now.")
    var force = false

    @Option(help: ArgumentHelp("The node of a unit directly below that is reminded.", valueName: "node"))
    var unit: String?

    func question() -> IndicatorEndpoints.ClosingOrder { .init(period: period, force: force ? true : nil, unit: unit) }

    func show(_ info: ClosingInfo) {
        let version = info.version.map { ", edition \($0)" } ?? ""
        let until = info.waitingUntil.map { " until \(Shown.moment($0))" } ?? ""
        let missing = info.missing.isEmpty ? "" : "; missing: " + info.missing.joined(separator: ", ")
        Terminal.line("period \(info.period): \(info.outcome)\(version)\(until)\(missing)")
    }

    func ending(_ info: ClosingInfo) -> ExitCode? { info.outcome == "waiting" ? .degraded : nil }
}
