import ArgumentParser
import Console
import Diagnosis
import Effects
import ServiceKit
import VerbKit
import WorkflowKit

/// The verbs of `yilian diagnosis`.
struct DiagnosisCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnosis",
        abstract: "Have a centre read what was examined here, read for others, and say where specimens are.",
        discussion: "Example: yilian diagnosis list --modality ecg --state offered --data /var/lib/yilian/pingding",
        subcommands: [
            DiagnosisRequest.self, DiagnosisAct.self, DiagnosisList.self, DiagnosisShow.self, DiagnosisForms.self,
            DiagnosisExperts.self,
        ])
}

/// The verb `yilian diagnosis request`.
struct DiagnosisRequest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "Ask for a diagnosis at the node where the patient is.",
        discussion: """
            The county group offers it to its experts by itself. Needs the patient's --consent, or a reason with
            --break-glass.

            Example: yilian diagnosis request --kind ecg-emergency --citizen-id - --name 张三 --practitioner dr-wang
              --consent 口头 --field summary=胸痛两小时 --field question=是否心肌梗死 --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var order: CaseOrderOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("A kind of the region's diagnosisLevels; `region show` lists them.", valueName: "kind"))
    var kind: String

    @Option(help: ArgumentHelp("A field of the form, as name=text; may be repeated.", valueName: "field"))
    var field: [String]

    @Option(help: ArgumentHelp("A prior result that belongs to it, by its entry.", valueName: "entry"))
    var reference: [String] = []

    func run() async throws {
        let (type, authority, value) = try order.person.person()
        let written = CaseOrderInfo(
            kind: kind, identifierType: type, identifierAuthority: authority, identifier: value,
            patientName: order.name, patientSex: order.sex, patientBirthDate: order.birthDate,
            practitioner: order.practitioner, unit: order.unit, consent: order.consent,
            breakGlassReason: order.breakGlass, orderNumber: order.orderNumber, values: try CaseSheet.values(field),
            references: reference)
        let created = try await node.talk { try await $0.ask(DiagnosisEndpoints.request, written) }
        if output.json {
            try Terminal.json(created)
        } else {
            Terminal.line("\(created.id)\(created.isDuplicate ? "  (asked for before by the same order)" : "")")
        }
    }
}

/// The verb `yilian diagnosis act`.
struct DiagnosisAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act", abstract: "Do something about a diagnosis: claim, read, audit, take note, scan a specimen.",
        discussion: """
            The event is one of the workflow's: claimed, handedBack, supplementAsked, supplemented, graded, drafted, audited,
            reported, acknowledged, recognised, cancelled, voided; of specimens: collected, dispatched, received, rejected.

            Example: yilian diagnosis act zhangzhuang.01KB… claimed --practitioner ecg-li --data DIR
            Example: yilian diagnosis act zhangzhuang.01KB… reported --practitioner ecg-li
              --field findings=窦性心律 --field conclusion=正常心电图 --data DIR
            Example: yilian diagnosis act zhangzhuang.01KB… collected --specimen 6901234 --practitioner nurse-zhao --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The diagnosis's id.", valueName: "id"))
    var id: String

    @OptionGroup var deed: CaseActOptions

    @Option(help: ArgumentHelp("Who does it: an expert of the roster, or whoever the hospital names.", valueName: "id"))
    var practitioner: String

    @Option(help: ArgumentHelp("A specimen by its barcode; may be repeated.", valueName: "barcode"))
    var specimen: [String] = []

    func run() async throws {
        let action = CaseEndpoints<DiagnosisWorkflow>.Action(
            id: id, event: deed.event, practitioner: practitioner, items: specimen.isEmpty ? nil : specimen,
            values: try deed.values())
        let receipt = try await node.talk { try await $0.ask(DiagnosisEndpoints.cases.act, action) }
        if output.json {
            try Terminal.json(receipt)
        } else {
            Terminal.line(
                CaseActOptions.line(receipt.id, at: receipt.home, receipt.state, isDuplicate: receipt.isDuplicate))
        }
    }
}

/// The verb `yilian diagnosis list`.
struct DiagnosisList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show the diagnoses that concern a node, newest first.",
        discussion: "Example: yilian diagnosis list --state offered --modality imaging --data DIR")

    @OptionGroup var list: CaseListOptions

    @Option(
        help: ArgumentHelp(
            "Only those of a modality: imaging, ecg, ultrasound, laboratory, pathology.", valueName: "modality"))
    var modality: String?

    func run() async throws {
        try await list.run(DiagnosisEndpoints.cases, topic: modality, none: Wording("no diagnoses", "没有诊断申请"))
    }
}

/// The verb `yilian diagnosis show`.
struct DiagnosisShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what became of a diagnosis; with --practitioner, open it.",
        discussion: """
            Opening shows the patient's data to those at the node that asked, to experts to whom it is offered here and to
            whoever reads it here, and is written to the audit ledger. Exit code 3: its content does not lie at this node.

            Example: yilian diagnosis show zhangzhuang.01KB… --practitioner ecg-li --data DIR
            """)

    @OptionGroup var one: CaseShowOptions

    func run() async throws { try await one.run(DiagnosisEndpoints.cases) }
}

/// The verb `yilian diagnosis forms`.
struct DiagnosisForms: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forms", abstract: "Show what is filled in with which event.",
        discussion: "Example: yilian diagnosis forms --data DIR")

    @OptionGroup var options: CaseFormsOptions

    func run() async throws { try await options.run(DiagnosisEndpoints.cases) }
}

/// The verb `yilian diagnosis experts`.
struct DiagnosisExperts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experts", abstract: "Show the experts of the rosters: who is on duty, how much each has to do.",
        discussion: "Example: yilian diagnosis experts --data DIR")

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let experts = try await node.talk { try await $0.ask(DiagnosisEndpoints.experts) }
        if output.json { return try Terminal.json(experts) }
        guard !experts.isEmpty else {
            return Terminal.say(Wording("the region's rosters name no experts", "区域的名册没有专家"))
        }
        var table = TextTable("EXPERT", "NAME", "ROSTER", "AT", "SPECIALTIES", "DUTY", ">HAS", ">TAKES")
        for expert in experts {
            table.add(
                expert.id, expert.name, expert.roster, expert.node, expert.specialties.joined(separator: " "),
                expert.isOnDuty ? "on" : "off", "\(expert.load)", expert.capacity.map { "\($0)" } ?? "-")
        }
        Terminal.line(table.text)
    }
}
