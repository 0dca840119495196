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

    func run() async throws {
        let referrals = try await node.talk {
            try await $0.ask(ReferralEndpoints.list, .init(state: state, direction: direction))
        }
        if output.json {
            try Terminal.json(referrals)
            return
        }
        guard !referrals.isEmpty else {
            Terminal.say(Wording("no referrals", "没有转诊"))
            return
        }
        var table = TextTable("REFERRAL", "KIND", "WRITTEN", "STATE", "HOME", "OFFERED TO", "DUE")
        for referral in referrals {
            table.add(
                referral.referral, referral.kind, Shown.moment(referral.writtenAt), referral.state, referral.home,
                referral.offeredTo ?? "-", Shown.moment(referral.dues.first?.at))
        }
        Terminal.line(table.text)
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
            let info = try await node.talk { try await $0.ask(ReferralEndpoints.show, .init(id: referral)) }
            if output.json { try Terminal.json(info) } else { ReferralSheet.show(info) }
            return
        }
        let reading = ReferralEndpoints.Reading(referral: referral, practitioner: practitioner, unit: unit)
        let file = try await node.talk { try await $0.ask(ReferralEndpoints.read, reading) }
        if output.json { try Terminal.json(file) } else { ReferralSheet.show(file) }
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
        let forms = try await node.talk { try await $0.ask(ReferralEndpoints.forms, .init()) }
        if output.json {
            try Terminal.json(forms)
            return
        }
        Terminal.line(CaseSheet.table(forms))
    }
}

/// A referral on a terminal.
enum ReferralSheet {
    static func show(_ info: ReferralInfo) {
        Terminal.line("\(info.referral)  \(info.kind), \(info.direction): \(info.state)")
        Terminal.say(CaseSheet.decided, info.home, "\(info.term)")
        for due in info.dues { Terminal.line("\(due.timer): due \(Shown.moment(due.at))") }
        var table = TextTable("AT", "EVENT", "BY", "NODE", "TARGET")
        for step in info.steps {
            table.add(
                Shown.moment(step.at), step.event, step.actor.isEmpty ? "-" : step.actor, step.node, step.target ?? "-")
        }
        if !table.isEmpty { Terminal.line(table.text) }
        if info.refusedSteps > 0 { Terminal.line("! \(info.refusedSteps) events did not fit the workflow") }
    }

    static func show(_ file: ReferralFileInfo) {
        show(file.referral)
        Terminal.line()
        guard file.isContentHere else {
            Terminal.say(Wording("the referral's content does not lie at this node", "转诊的内容不在本节点"))
            return
        }
        let patient = [file.patientName, file.patientSex, file.patientBirthDate].compactMap { $0 }
        Terminal.line("patient: \(patient.filter { !$0.isEmpty }.joined(separator: "  "))")
        for value in file.values { Terminal.line("\(value.field): \(value.text)") }
        for reference in file.references { Terminal.line("belongs to it: \(reference)") }
        for writing in file.writings {
            Terminal.line()
            Terminal.line("\(writing.event) by \(writing.actor), \(Shown.moment(writing.at))")
            for value in writing.values { Terminal.line("\(value.field): \(value.text)") }
        }
    }
}
