import ArgumentParser
import Consultation
import VerbKit

/// Which request a command is about.
struct RequestOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The request's id.", valueName: "request"))
    var request: String

    @Option(help: ArgumentHelp("The attempt; the newest where it is not given.", valueName: "number"))
    var attempt: Int?
}

/// A verb with which somebody acts about a request; the receipt is shown.
protocol RequestVerb: AskingVerb where Question == ConsultationAction, Answer == ConsultationReceiptInfo {}

extension RequestVerb {
    func show(_ receipt: ConsultationReceiptInfo) { ConsultSheet.show(receipt) }
}

/// The verb `yilian consult claim`.
struct ConsultClaim: RequestVerb {
    static let configuration = CommandConfiguration(
        commandName: "claim", abstract: "Claim a request for an expert of the roster, at the expert's node.",
        discussion: """
            One claim at most succeeds; the others are told who has it.

            Example: yilian consult claim zhangzhuang.01KB… --expert ecg-li --data /var/lib/yilian/pingding
            """)
    static let endpoint = ConsultationEndpoints.claim

    @OptionGroup var node: NodeOptions
    @OptionGroup var target: RequestOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The expert's id of the roster.", valueName: "id"))
    var expert: String

    func question() -> ConsultationAction {
        ConsultationAction(request: target.request, attempt: target.attempt, actor: expert)
    }
}

/// The verb `yilian consult report`.
struct ConsultReport: RequestVerb {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Report on a request that the expert has claimed.",
        discussion: """
            Another text later is a new version; both are kept.

            Example: yilian consult report zhangzhuang.01KB… --expert ecg-li --findings 窦性心律 --conclusion 正常心电图 --data DIR
            """)
    static let endpoint = ConsultationEndpoints.report

    @OptionGroup var node: NodeOptions
    @OptionGroup var target: RequestOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The expert's id of the roster.", valueName: "id"))
    var expert: String

    @Option(help: ArgumentHelp("What is seen.", valueName: "text"))
    var findings: String = ""

    @Option(help: ArgumentHelp("What it means.", valueName: "text"))
    var conclusion: String = ""

    func validate() throws {
        if findings.isEmpty, conclusion.isEmpty { throw ValidationError("Give --findings, --conclusion or both.") }
    }

    func question() -> ConsultationAction {
        ConsultationAction(
            request: target.request, attempt: target.attempt, actor: expert, findings: findings,
            conclusion: conclusion)
    }
}

/// The verb `yilian consult acknowledge`.
struct ConsultAcknowledge: RequestVerb {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge", abstract: "Take note of a report, at the node where the request was made.",
        discussion: "Example: yilian consult acknowledge zhangzhuang.01KB… --practitioner dr-wang --data DIR")
    static let endpoint = ConsultationEndpoints.acknowledge

    @OptionGroup var node: NodeOptions
    @OptionGroup var target: RequestOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Who takes note, as the hospital names its staff.", valueName: "id"))
    var practitioner: String

    func question() -> ConsultationAction {
        ConsultationAction(request: target.request, attempt: target.attempt, actor: practitioner)
    }
}
