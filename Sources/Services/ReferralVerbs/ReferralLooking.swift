import ArgumentParser
import Effects
import Referral
import VerbKit

/// The verb `yilian referral list`.
struct ReferralList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show the referrals that concern a node, newest first.",
        discussion: "Example: yilian referral list --state offered --direction up --data DIR")

    @OptionGroup var list: CaseListOptions

    @Option(help: ArgumentHelp("Only those that go up, down or to the side.", valueName: "direction"))
    var direction: String?

    func run() async throws {
        try await list.run(ReferralEndpoints.cases, topic: direction, none: Wording("no referrals", "没有转诊"))
    }
}

/// The verb `yilian referral show`.
struct ReferralShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what became of a referral; with --practitioner, open it.",
        discussion: """
            Opening shows the patient's data to those who have a part in the referral, as long as it is not closed, and is
            written to the audit ledger. Exit code 3: its content does not lie at this node.

            Example: yilian referral show zhangzhuang.01KB… --practitioner dr-li --data DIR
            """)

    @OptionGroup var one: CaseShowOptions

    func run() async throws { try await one.run(ReferralEndpoints.cases) }
}

/// The verb `yilian referral forms`.
struct ReferralForms: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forms", abstract: "Show what is filled in with which event.",
        discussion: "Example: yilian referral forms --data DIR")

    @OptionGroup var options: CaseFormsOptions

    func run() async throws { try await options.run(ReferralEndpoints.cases) }
}
