import ArgumentParser
import Console
import Effects
import RecognitionEdge
import VerbKit

/// The verb `yilian recognition alerts`.
struct RecognitionAlerts: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "List results that were opened or recognised here and have changed since.",
        discussion: """
            An alert stays until somebody takes note of it. Exit code 3: there are some.

            Example: yilian recognition alerts --data DIR
            """)
    static let endpoint = RecognitionEndpoints.alerts

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func show(_ alerts: [AlertInfo]) {
        if alerts.isEmpty { Terminal.say(Wording("no alerts", "没有提醒")) }
        for alert in alerts {
            Terminal.line("\(alert.since)  \(alert.unit)  \(alert.text.zh) \(alert.text.en)")
            Terminal.line("  acknowledge with: yilian recognition acknowledge \(alert.current) --unit \(alert.unit)")
        }
    }

    func ending(_ alerts: [AlertInfo]) -> ExitCode? { alerts.isEmpty ? nil : .degraded }
}

/// The verb `yilian recognition acknowledge`.
struct RecognitionAcknowledge: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge", abstract: "Take note of an alert; it closes.",
        discussion: "Example: yilian recognition acknowledge ENTRY --unit yx-rmyy --practitioner dr-li --data DIR")
    static let endpoint = RecognitionEndpoints.acknowledge

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The version that the alert is about.", valueName: "entry"))
    var entry: String
    @Option(help: ArgumentHelp("The unit whose doctor had read the result; the node's first.", valueName: "unit"))
    var unit: String?
    @Option(help: ArgumentHelp("Who takes note.", valueName: "id"))
    var practitioner: String

    func question() -> AcknowledgementEntry {
        AcknowledgementEntry(current: entry, unit: unit, practitioner: practitioner)
    }

    func show(_ done: RecognitionEndpoints.Acknowledged) { Terminal.line("acknowledged") }
}

/// The verb `yilian recognition break-glass`.
struct RecognitionBreakGlass: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "break-glass", abstract: "List openings without consent, for review.",
        discussion: """
            The reasons stand in the audit ledger of the node that opened: `yilian audit`.

            Example: yilian recognition break-glass --days 30 --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("How far back.", valueName: "days"))
    var days: UInt32 = 90

    func run() async throws {
        let found = try await node.talk {
            try await $0.ask(RecognitionEndpoints.breakGlass, .init(days: days))
        }
        try output.list(
            found, titles: ["TIME", "OPENED BY", "ISSUED BY", "REPORT", "RECORD"], none: Wording("none", "无")
        ) { [$0.time, $0.unit, $0.issuer, $0.report, $0.entry] }
    }
}
