import ArgumentParser
import Console
import Effects
import RecognitionEdge

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
            RecognitionMatchVerb.self, RecognitionDecide.self, RecognitionDecisions.self, RecognitionAlerts.self,
            RecognitionAcknowledge.self, RecognitionBreakGlass.self, RecognitionCertify.self,
            RecognitionCertificates.self, RecognitionSheetVerb.self,
        ])
}

/// The verb `yilian recognition match`.
struct RecognitionMatchVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Which existing results might spare what is ordered, and why.",
        discussion: """
            Codes are the region's, the unit's own, or LOINC; items or panels. Exit code 3: a node above was not
            reached, or refused; or a code is none.

            Example: yilian recognition match GLU TC --data DIR --citizen-id - --practitioner dr-li --trail
            """)

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

    func run() async throws {
        let question = MatchRecordQuestion(
            question: try access.question(about: person), codes: codes, orderNumber: orderNumber)
        let match = try await node.talk { try await $0.ask(RecognitionEndpoints.match, question) }
        if output.json { try Terminal.json(match) } else { MatchSheet.show(match, trail: trail) }
        let isWhole = match.unreached.isEmpty && !match.isTruncated && match.unknown.isEmpty
        if !isWhole { throw ExitCode.degraded }
    }
}

/// The verb `yilian recognition decide`.
struct RecognitionDecide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Write down that a result is recognised, or why the examination is repeated.",
        discussion: """
            The same decision again changes nothing; another one changes it once.

            Example: yilian recognition decide MATCH ITEM ENTRY --recognised --practitioner dr-li --data DIR
            Example: yilian recognition decide MATCH ITEM ENTRY --reason 02 --practitioner dr-li --data DIR
            """)

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

    func run() async throws {
        let entry = DecisionEntry(
            order: DecisionOrder(
                match: match, item: item, entry: entry, outcome: recognised ? "recognised" : "repeated",
                reason: reason, text: text), practitioner: practitioner)
        let info = try await node.talk { try await $0.ask(RecognitionEndpoints.decide, entry) }
        if output.json {
            try Terminal.json(info)
        } else {
            let word = info.isRepetition ? "was decided before" : info.number == 1 ? "is decided" : "is changed"
            Terminal.line("\(word): decision \(info.decision), version \(info.number), entry \(info.entry)")
        }
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
            if output.json { try Terminal.json(shown) } else { Self.show(shown) }
        }
    }

    private static func show(_ found: [DecisionRecordInfo]) {
        var table = TextTable("TIME", "UNIT", "ISSUER", "ITEM", "OUTCOME", "REASON", ">VERSION", "DECISION")
        for decision in found {
            table.add(
                decision.time, decision.unit, decision.issuer, decision.item, decision.outcome,
                decision.reason ?? "-", "\(decision.number)", decision.decision)
        }
        Terminal.line(found.isEmpty ? "no decisions" : table.text)
    }
}

extension HelpWords {
    /// Of `yilian recognition`.
    static let recognition: [Wording] = [
        Wording(
            "Mutual recognition: match, decide, alerts, certificates, the monthly table.",
            "结果互认：匹配、决定、提醒、证书、月报表。"),
        Wording(
            "The catalogue, marks, policy and reasons are region configuration: see `yilian region check`.",
            "目录、标识、策略和理由属于区域配置：见 `yilian region check`。"),
        Wording("Which existing results might spare what is ordered, and why.", "哪些已有结果可免去所开项目，以及原因。"),
        Wording(
            """
            Codes are the region's, the unit's own, or LOINC; items or panels. Exit code 3: a node above was not \
            reached, or refused; or a code is none.
            """,
            "代码可以是区域的、机构自己的或 LOINC；项目或组合。退出码 3：有上级节点未到达或拒绝，或某个代码不存在。"),
        Wording("What is ordered.", "所开的项目。"),
        Wording("The hospital's number of the order.", "医院的申请单号。"),
        Wording("Shows every rule that was applied.", "显示所用的每条规则。"),
        Wording("Write down that a result is recognised, or why the examination is repeated.", "写下结果被互认，或重复检查的理由。"),
        Wording(
            "The same decision again changes nothing; another one changes it once.",
            "再次作同样的决定不改变什么；另一个决定只能更改一次。"),
        Wording("The match, as `recognition match` names it.", "匹配编号，如 `recognition match` 所写。"),
        Wording("The catalogue's code of the item.", "目录中项目的代码。"),
        Wording("The version of the result that was offered.", "所提供结果的版本。"),
        Wording("The result is recognised.", "互认该结果。"),
        Wording("Why the examination is repeated.", "重复检查的理由。"),
        Wording("In words, for a reason that needs them.", "文字说明，用于需要说明的理由。"),
        Wording("Who decides.", "由谁决定。"),
        Wording("List decisions that this node knows, the newest first.", "列出本节点所知的决定，最新的在前。"),
        Wording("Exit code 3: there are more than --limit.", "退出码 3：多于 --limit。"),
        Wording("How many at most.", "最多多少条。"),
        Wording("List results that were opened or recognised here and have changed since.", "列出在此调阅或互认之后又有变化的结果。"),
        Wording(
            "An alert stays until somebody takes note of it. Exit code 3: there are some.",
            "提醒一直保留，直到有人确认。退出码 3：有提醒。"),
        Wording("Take note of an alert; it closes.", "确认一条提醒；提醒随之关闭。"),
        Wording("The version that the alert is about.", "提醒所涉的版本。"),
        Wording("The unit whose doctor had read the result; the node's first.", "其医师读过该结果的机构；不写时为节点的第一个。"),
        Wording("Who takes note.", "由谁确认。"),
        Wording("List openings without consent, for review.", "列出未经同意的调阅，供评查。"),
        Wording(
            "The reasons stand in the audit ledger of the node that opened: `yilian audit`.",
            "理由在调阅者所在节点的审计账本中：`yilian audit`。"),
        Wording("How far back.", "往前多少天。"),
        Wording("Publish quality certificates from the dispatcher to the whole region.", "从调度节点向全区域发布质评证书。"),
        Wording(
            """
            A file holds a JSON array: number, unit, item or classes, scope, from, to, programme. The same \
            number again with other dates takes the place of what was published before.
            """,
            "文件为 JSON 数组：number、unit、item 或 classes、scope、from、to、programme。同一编号写不同日期时，取代先前发布的。"),
        Wording("The file with the certificates.", "含证书的文件。"),
        Wording("List the quality certificates that this node knows.", "列出本节点所知的质评证书。"),
        Wording("The statistics of a period: the monthly table.", "一个周期的统计：月报表。"),
        Wording("The period; this month where it is not given.", "周期；不写时为本月。"),
        Wording("text, csv or html.", "text、csv 或 html。"),
        Wording("Writes csv or html into a file.", "把 csv 或 html 写入文件。"),
        Wording(
            "Shows every problem with its file and line, and what the recognition catalogue holds.",
            "显示每个问题及其文件和行，以及互认目录的内容。"),
    ]
}
