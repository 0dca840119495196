import ArgumentParser
import Console
import Effects
import ServiceKit
import VerbKit

/// The verb `yilian audit openings`.
struct AuditOpenings: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "openings",
        abstract: "List what was opened without consent at this node, and what was found about it.",
        discussion: """
            An opening is what somebody looked at on one reason. It waits until an auditor has written a finding, and
            waits anew for what comes after it. Exit code 3: some wait, or there are more than --limit.

            Example: yilian audit openings --waiting --data DIR
            """)
    static let endpoint = AuditEndpoints.openings

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("How far back.", valueName: "days"))
    var days: Int = 90

    @Flag(help: "Only those that no finding covers.")
    var waiting = false

    @OptionGroup var limit: LimitOption

    func question() -> AuditEndpoints.OpeningsQuestion {
        .init(days: UInt32(clamping: days), isWaiting: waiting ? true : nil, limit: UInt32(clamping: limit.limit))
    }

    func show(_ listing: OpeningListing) {
        Terminal.list(
            listing.openings,
            titles: ["AT", "PRACTITIONER", "UNIT", "FROM", "PURPOSE", ">COUNT", "OUTCOME", "REASON", "ENTRY"],
            none: Wording("nobody broke the glass", "没有紧急打开")
        ) { opening in
            let finding = opening.isWaiting ? nil : opening.reviews.last
            return [
                Shown.moment(opening.lastAt), opening.practitioner, opening.unit.isEmpty ? "-" : opening.unit,
                opening.node, opening.purpose, "\(opening.looks.count)",
                finding.map { "\($0.finding.rawValue) (\($0.reviewer))" } ?? "-", PlainText.line(opening.reason),
                opening.opening,
            ]
        }
    }

    func ending(_ listing: OpeningListing) -> ExitCode? {
        listing.waiting > 0 || listing.isTruncated ? .degraded : nil
    }
}

/// The verb `yilian audit review`.
struct AuditReviewVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Write down what an auditor found about an opening without consent.",
        discussion: """
            The finding is appended to the audit ledger and never changed; a later one stands beside it. Nobody reviews what
            they opened themselves.

            Example: yilian audit review ENTRY --finding justified --text 患者昏迷，有抢救记录 --reviewer shen --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The opening, as `audit openings` names it.", valueName: "entry"))
    var opening: String

    @Option(help: "justified or unjustified.")
    var finding: String

    @Option(help: ArgumentHelp("Why, in one line and without names.", valueName: "text"))
    var text: String

    @Option(help: ArgumentHelp("The auditor.", valueName: "name"))
    var reviewer: String

    @Option(help: ArgumentHelp("The auditor as a unit's register has them, where it does.", valueName: "id"))
    var practitioner: String?

    func validate() throws {
        guard AuditReview.Finding(rawValue: finding) != nil else {
            throw ValidationError("--finding is justified or unjustified.")
        }
    }

    func run() async throws {
        guard let finding = AuditReview.Finding(rawValue: finding) else { return }
        let review = AuditEndpoints.Review(
            opening: opening, finding: finding, words: text, reviewer: reviewer, practitioner: practitioner)
        let done = try await node.talk { try await $0.ask(AuditEndpoints.review, review) }
        if output.json {
            try Terminal.json(done)
        } else {
            Terminal.line(done.entry)
        }
    }
}

/// The verb `yilian audit own`.
struct AuditOwn: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "own", abstract: "List what a practitioner looked at from this node, the newest first.",
        discussion: """
            Whom it was about stands in no list. Exit code 3: there are more; an earlier --to shows them.

            Example: yilian audit own --practitioner dr-li --data DIR
            """)
    static let endpoint = AuditEndpoints.own

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Who looked, as the hospital names its staff.", valueName: "id"))
    var practitioner: String

    @Option(
        help: ArgumentHelp("The unit where they work; every unit of the node where none is named.", valueName: "unit"))
    var unit: String?

    @Option(help: ArgumentHelp("Before this moment.", valueName: "moment"))
    var to: String?

    @OptionGroup var limit: LimitOption

    func question() -> AuditEndpoints.OwnQuestion {
        .init(practitioner: practitioner, unit: unit, to: to, limit: UInt32(clamping: limit.limit))
    }

    func show(_ listing: AuditListing) { AuditSheet.show(listing) }
    func ending(_ listing: AuditListing) -> ExitCode? { listing.isTruncated ? .degraded : nil }
}
