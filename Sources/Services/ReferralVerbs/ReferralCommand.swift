import ArgumentParser
import Console
import Effects
import Referral
import VerbKit

/// The verbs of `yilian referral`.
struct ReferralCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "referral", abstract: "Refer a patient up, down or to a care home, and say what becomes of it.",
        discussion: "Example: yilian referral list --state offered --data /var/lib/yilian/pingding",
        subcommands: [
            ReferralWrite.self, ReferralAct.self, ReferralList.self, ReferralShow.self, ReferralForms.self,
        ])
}

/// The verb `yilian referral write`.
struct ReferralWrite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write", abstract: "Write a referral at the node where the patient is.",
        discussion: """
            Nobody is asked yet: offer it with `yilian referral act`. Needs the patient's --consent, or a reason with
            --break-glass.

            Example: yilian referral write --kind up-green --citizen-id - --name 张三 --practitioner dr-wang
              --consent 口头 --field diagnosis=急性心肌梗死 --field summary=胸痛两小时 --field reason=需介入治疗 --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var order: CaseOrderOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("A kind of the region's referralLevels; `region show` lists them.", valueName: "kind"))
    var kind: String

    @Option(help: ArgumentHelp("A field of the form, as name=text; may be repeated.", valueName: "field"))
    var field: [String]

    @Option(
        help: ArgumentHelp(
            "A recognised result or an open request that belongs to it, by its entry.", valueName: "entry"))
    var reference: [String] = []

    func run() async throws {
        let (type, authority, value) = try order.person.person()
        let written = ReferralEndpoints.Order(
            kind: kind, identifierType: type, identifierAuthority: authority, identifier: value,
            patientName: order.name, patientSex: order.sex, patientBirthDate: order.birthDate,
            practitioner: order.practitioner, unit: order.unit, consent: order.consent,
            breakGlassReason: order.breakGlass, orderNumber: order.orderNumber, values: try CaseSheet.values(field),
            references: reference)
        let created = try await node.talk { try await $0.ask(ReferralEndpoints.write, written) }
        if output.json {
            try Terminal.json(created)
        } else {
            Terminal.line("\(created.id)\(created.isDuplicate ? "  (written before by the same order)" : "")")
        }
    }
}

/// The verb `yilian referral act`.
struct ReferralAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act", abstract: "Do something about a referral: offer it, answer, admit, discharge, hand back.",
        discussion: """
            The event is one of the workflow's: offered, rerouted, accepted, declined, questioned, answered, arrived,
            admitted, discharged, downOffered, downTaken, downDeclined, followedUp, closed, withdrawn.

            Example: yilian referral act zhangzhuang.01KB… offered --target pingding --practitioner dr-wang --data DIR
            Example: yilian referral act zhangzhuang.01KB… discharged --day 2026-12-31 --field diagnosis=心肌梗死
              --field plan=双联抗血小板 --practitioner dr-li --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The referral's id.", valueName: "referral"))
    var referral: String

    @OptionGroup var deed: CaseActOptions

    @Option(help: ArgumentHelp("Who does it, as the hospital names its staff.", valueName: "id"))
    var practitioner: String

    @Option(help: ArgumentHelp("The unit or node that is asked.", valueName: "unit"))
    var target: String?

    @Option(help: ArgumentHelp("What is held for the referral of an inventory.", valueName: "hold"))
    var hold: String?

    @Option(help: ArgumentHelp("The day of return, 2026-12-31.", valueName: "day"))
    var day: String?

    func run() async throws {
        let cases = ReferralEndpoints.cases
        let receipt = try await node.talk {
            try await $0.ask(
                cases.act,
                .init(
                    id: referral, event: deed.event, practitioner: practitioner, target: target, day: day,
                    items: hold.map { [$0] }, values: try deed.values()))
        }
        if output.json {
            try Terminal.json(receipt)
        } else {
            Terminal.line(
                CaseActOptions.line(receipt.id, at: receipt.home, receipt.state, isDuplicate: receipt.isDuplicate))
        }
    }
}
