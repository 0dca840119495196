import ArgumentParser
import Console
import Effects
import Referral
import VerbKit

/// The verb `yilian referral list`.
struct ReferralList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show the referrals that concern a node, newest first.",
        discussion: "Example: yilian referral list --state offered --direction up --data DIR")

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Only those that are offered, accepted, admitted …", valueName: "state"))
    var state: String?

    @Option(help: ArgumentHelp("Only those that go up, down or to the side.", valueName: "direction"))
    var direction: String?

    @Flag(help: "Show what is to be done, what is due next first, and go on with what changes, until the node stops.")
    var follow = false

    func validate() throws {
        guard !follow || state == nil && direction == nil else {
            throw ValidationError("--follow shows everything that is to be done.")
        }
    }

    func run() async throws {
        let cases = ReferralEndpoints.cases
        if follow {
            try await node.talk { try await CaseSheet.follow(cases.follow, $0, asJSON: output.json) }
            return
        }
        let referrals = try await node.talk { try await $0.ask(cases.list, .init(state: state, topic: direction)) }
        if output.json {
            try Terminal.json(referrals)
        } else if referrals.isEmpty {
            Terminal.say(Wording("no referrals", "没有转诊"))
        } else {
            Terminal.line(CaseSheet.table(referrals))
        }
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

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The referral's id.", valueName: "referral"))
    var referral: String

    @Option(help: ArgumentHelp("Open it as this practitioner.", valueName: "id"))
    var practitioner: String?

    @Option(help: ArgumentHelp("The unit where the practitioner works; the node's first.", valueName: "unit"))
    var unit: String?

    func run() async throws {
        guard let practitioner else {
            let info = try await node.talk { try await $0.ask(ReferralEndpoints.cases.show, .init(id: referral)) }
            if output.json { try Terminal.json(info) } else { CaseSheet.show(info) }
            return
        }
        let file = try await node.talk {
            try await $0.ask(ReferralEndpoints.cases.read, .init(id: referral, practitioner: practitioner, unit: unit))
        }
        if output.json { try Terminal.json(file) } else { CaseSheet.show(file) }
        if !file.isContentHere { throw ExitCode(3) }
    }
}

/// The verb `yilian referral forms`.
struct ReferralForms: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forms", abstract: "Show what is filled in with which event.",
        discussion: "Example: yilian referral forms --data DIR")

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let forms = try await node.talk { try await $0.ask(ReferralEndpoints.cases.forms, .init()) }
        if output.json {
            try Terminal.json(forms)
            return
        }
        Terminal.line(CaseSheet.table(forms))
    }
}
