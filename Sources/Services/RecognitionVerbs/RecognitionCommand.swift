import ArgumentParser
import Console
import Effects
import RecognitionEdge
import VerbKit

/// The verbs of `yilian recognition`.
struct RecognitionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recognition",
        abstract: "Mutual recognition: match, decide, alerts, certificates, the monthly table.",
        discussion: """
            The catalogue, marks, policy and reasons are region configuration: see `yilian region check`.

            Example: yilian recognition match GLU TC --data DIR --citizen-id - --practitioner dr-li
            """,
        subcommands: [
            RecognitionTerms.self, RecognitionMatchVerb.self, RecognitionDecide.self, RecognitionDecisions.self,
            RecognitionAlerts.self,
            RecognitionAcknowledge.self, RecognitionBreakGlass.self, RecognitionCertify.self,
            RecognitionCertificates.self, RecognitionSheetVerb.self,
        ])
}

/// The verb `yilian recognition match`.
struct RecognitionMatchVerb: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Which existing results might spare what is ordered, and why.",
        discussion: """
            Codes are the region's, the unit's own, or LOINC; items or panels. Exit code 3: a node above was not
            reached, or refused; or a code is none.

            Example: yilian recognition match GLU TC --data DIR --citizen-id - --practitioner dr-li --trail
            """)
    static let endpoint = RecognitionEndpoints.match

    @OptionGroup var node: NodeOptions
    @OptionGroup var person: PersonOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("What is ordered.", valueName: "code"))
    var codes: [String]

    @Option(help: ArgumentHelp("The hospital's number of the order.", valueName: "number"))
    var orderNumber: String?

    @Flag(help: "Shows every rule that was applied.")
    var trail = false

    func question() throws -> MatchRecordQuestion {
        MatchRecordQuestion(question: try access.question(about: person), codes: codes, orderNumber: orderNumber)
    }

    func show(_ match: MatchInfo) { MatchSheet.show(match, trail: trail) }

    func ending(_ match: MatchInfo) -> ExitCode? {
        match.unreached.isEmpty && !match.isTruncated && match.unknown.isEmpty ? nil : .degraded
    }
}

/// The verb `yilian recognition decide`.
struct RecognitionDecide: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Write down that a result is recognised, or why the examination is repeated.",
        discussion: """
            The same decision again changes nothing; another one changes it once.

            Example: yilian recognition decide MATCH ITEM ENTRY --recognised --practitioner dr-li --data DIR
            Example: yilian recognition decide MATCH ITEM ENTRY --reason 02 --practitioner dr-li --data DIR
            """)
    static let endpoint = RecognitionEndpoints.decide

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The match, as `recognition match` names it.", valueName: "match"))
    var match: String
    @Argument(help: ArgumentHelp("The catalogue's code of the item.", valueName: "item"))
    var item: String
    @Argument(help: ArgumentHelp("The version of the result that was offered.", valueName: "entry"))
    var entry: String

    @Flag(help: "The result is recognised.")
    var recognised = false
    @Option(help: ArgumentHelp("Why the examination is repeated.", valueName: "code"))
    var reason: String?
    @Option(help: ArgumentHelp("In words, for a reason that needs them.", valueName: "text"))
    var text: String?
    @Option(help: ArgumentHelp("Who decides.", valueName: "id"))
    var practitioner: String

    func validate() throws {
        guard recognised != (reason != nil) else {
            throw ValidationError("Say --recognised, or give the --reason for repeating.")
        }
    }

    func question() -> DecisionEntry {
        DecisionEntry(
            order: DecisionOrder(
                match: match, item: item, entry: entry, outcome: recognised ? "recognised" : "repeated",
                reason: reason, text: text), practitioner: practitioner)
    }

    func show(_ info: DecisionInfo) {
        let word = info.isRepetition ? "was decided before" : info.number == 1 ? "is decided" : "is changed"
        Terminal.line("\(word): decision \(info.decision), version \(info.number), entry \(info.entry)")
    }
}

/// The verb `yilian recognition decisions`.
struct RecognitionDecisions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions", abstract: "List decisions that this node knows, the newest first.",
        discussion: """
            Exit code 3: there are more than --limit.

            Example: yilian recognition decisions --data DIR --limit 20
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @OptionGroup var limit: LimitOption

    func run() async throws {
        let asked = limit.asked
        let found = try await node.talk {
            try await $0.ask(RecognitionEndpoints.decisions, .init(limit: asked))
        }
        try limit.show(found, isForPeople: !output.json) { shown in
            try output.list(
                shown,
                titles: ["TIME", "UNIT", "ISSUER", "ITEM", "OUTCOME", "REASON", ">VERSION", "DECISION"],
                none: Wording("no decisions", "没有决定")
            ) { decision in
                [
                    decision.time, decision.unit, decision.issuer, decision.item, decision.outcome,
                    decision.reason ?? "-", "\(decision.number)", decision.decision,
                ]
            }
        }
    }
}
