import AdverseEvents
import ArgumentParser
import Console
import Effects
import VerbKit
import WorkflowKit

/// The verbs of `yilian adverse`.
struct AdverseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adverse", abstract: "Report adverse events, and say what becomes of them.",
        discussion: "Example: yilian adverse list --state reported --data /var/lib/yilian/pingding",
        subcommands: [
            AdverseReport.self, AdverseAct.self, AdverseList.self, AdverseShow.self, AdverseForms.self,
        ])
}

/// The verb `yilian adverse report`.
struct AdverseReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Report an adverse event at the node of the unit where it happened.",
        discussion: """
            Nobody needs to say who they are, nor whom it happened to: both stay at this node. The words of the report hold
            no names and no numbers of persons.

            Example: yilian adverse report --grade level-3 --kind fall --field what=如厕时滑倒 --field harm=mild --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("A grade of the region's adverseLevels; `region show` lists them.", valueName: "grade"))
    var grade: String

    @Option(help: ArgumentHelp("What kind of thing happened, such as medication or fall.", valueName: "kind"))
    var kind: String

    @Option(help: ArgumentHelp("A field of the form, as name=text; may be repeated.", valueName: "field"))
    var field: [String]

    @Option(help: ArgumentHelp("The unit where it happened; the node's first.", valueName: "unit"))
    var unit: String?

    @Option(help: ArgumentHelp("Who reports; left out where they do not say.", valueName: "id"))
    var reporter: String?

    @Option(help: ArgumentHelp("The citizen identity number; - reads it from standard input.", valueName: "number"))
    var citizenID: String?

    @Option(help: ArgumentHelp("The patient's number in the hospital; - reads it.", valueName: "number"))
    var recordNumber: String?

    @Option(help: ArgumentHelp("The name of the patient it happened to.", valueName: "name"))
    var patientName: String?

    @Option(help: ArgumentHelp("The hospital system's own number of the event.", valueName: "number"))
    var number: String?

    func validate() throws {
        guard citizenID == nil || recordNumber == nil else {
            throw ValidationError("Give --citizen-id or --record-number, not both.")
        }
    }

    func run() async throws {
        var report = AdverseEndpoints.Report(
            grade: grade, kind: kind, unit: unit, patientName: patientName, reporter: reporter, number: number,
            values: try CaseSheet.values(field))
        if let citizenID {
            report.identifierType = "citizenID"
            report.identifier = try PersonNumber.read(citizenID, "citizen identity number")
        } else if let recordNumber {
            report.identifierType = "MR"
            report.identifier = try PersonNumber.read(recordNumber, "identifier")
        }
        let created = try await node.talk { [report] in try await $0.ask(AdverseEndpoints.report, report) }
        if output.json {
            try Terminal.json(created)
        } else {
            Terminal.line("\(created.id)\(created.isDuplicate ? "  (reported before under the same number)" : "")")
        }
    }
}

/// The verb `yilian adverse act`.
struct AdverseAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act", abstract: "Do something about an adverse event, as a quality controller of its unit.",
        discussion: """
            The event is one of the workflow's: accepted, dismissed, analysed, planned, closed, notified.

            Example: yilian adverse act jucheng.01KB… accepted --field harm=mild --practitioner qc-li --data DIR
            Example: yilian adverse act jucheng.01KB… planned --day 2026-12-31 --field measures=加装扶手
              --practitioner qc-li --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The adverse event's id.", valueName: "id"))
    var id: String

    @OptionGroup var deed: CaseActOptions

    @Option(help: ArgumentHelp("Who does it, as the region names its quality controllers.", valueName: "id"))
    var practitioner: String

    @Option(help: ArgumentHelp("The day by which the measures are to be done, 2026-12-31.", valueName: "day"))
    var day: String?

    func run() async throws {
        let action = CaseEndpoints<AdverseWorkflow>.Action(
            id: id, event: deed.event, practitioner: practitioner, day: day, values: try deed.values())
        let receipt = try await node.talk { try await $0.ask(AdverseEndpoints.cases.act, action) }
        if output.json {
            try Terminal.json(receipt)
        } else {
            Terminal.line(
                CaseActOptions.line(receipt.id, at: receipt.home, receipt.state, isDuplicate: receipt.isDuplicate))
        }
    }
}

/// The verb `yilian adverse list`.
struct AdverseList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show the adverse events that a node knows, newest first; no persons.",
        discussion: "Example: yilian adverse list --state reported --kind fall --data DIR")

    @OptionGroup var list: CaseListOptions

    @Option(help: ArgumentHelp("Only those of a kind, such as medication or fall.", valueName: "kind"))
    var kind: String?

    func run() async throws {
        try await list.run(AdverseEndpoints.cases, topic: kind, none: Wording("no adverse events", "没有不良事件"))
    }
}

/// The verb `yilian adverse show`.
struct AdverseShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what became of an adverse event; with --practitioner, open it.",
        discussion: """
            Opening asks the node where it happened, shows what was written to a quality controller of its unit as long as the
            event is not closed, and is written to the audit ledger. The patient and who reported are shown at that node alone.

            Example: yilian adverse show jucheng.01KB… --practitioner qc-li --data DIR
            """)

    @OptionGroup var one: CaseShowOptions

    func run() async throws { try await one.run(AdverseEndpoints.cases) }
}

/// The verb `yilian adverse forms`.
struct AdverseForms: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forms", abstract: "Show what is filled in with which event.",
        discussion: "Example: yilian adverse forms --data DIR")

    @OptionGroup var options: CaseFormsOptions

    func run() async throws { try await options.run(AdverseEndpoints.cases) }
}
