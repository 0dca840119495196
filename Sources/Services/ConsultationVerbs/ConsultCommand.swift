import ArgumentParser
import Console
import Consultation
import Effects
import Foundation
import VerbKit

/// The verbs of `yilian consult`.
struct ConsultCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consult", abstract: "Ask for a remote diagnosis, claim a request, report on it.",
        discussion: "Example: yilian consult list --state offered --data /var/lib/yilian/pingding",
        subcommands: [
            ConsultCreate.self, ConsultList.self, ConsultShow.self, ConsultClaim.self, ConsultReport.self,
            ConsultAcknowledge.self,
        ])
}

/// The verb `yilian consult create`.
struct ConsultCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a request at the node where the patient is.",
        discussion: """
            Needs the patient's --consent, or a reason with --break-glass. The same --order-number with the same content
            gives the same request.

            Example: yilian consult create --kind ecg-emergency --citizen-id - --name 张三 --summary 胸痛两小时
              --reason 请诊断心电图 --attach ecg.pdf --practitioner dr-wang --consent 口头 --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var order: CaseOrderOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("A kind of the region's service levels; `region show` lists them.", valueName: "kind"))
    var kind: String

    @Option(help: ArgumentHelp("What is the matter.", valueName: "text"))
    var summary: String

    @Option(help: ArgumentHelp("What is asked.", valueName: "text"))
    var reason: String

    @Option(help: ArgumentHelp("A document to send along; may be repeated.", valueName: "file"))
    var attach: [String] = []

    func run() async throws {
        let (type, authority, value) = try order.person.person()
        let made = ConsultationOrder(
            kind: kind, identifierType: type, identifierAuthority: authority, identifier: value,
            patientName: order.name, patientSex: order.sex, patientBirthDate: order.birthDate, clinicalSummary: summary,
            reason: reason, practitioner: order.practitioner, unit: order.unit, consent: order.consent,
            breakGlassReason: order.breakGlass, orderNumber: order.orderNumber,
            attachments: try attach.map(Self.attachment))
        let created: ConsultationCreation = try await node.talk {
            try await $0.ask(ConsultationEndpoints.create, made)
        }
        if output.json {
            try Terminal.json(created)
        } else {
            Terminal.line("\(created.request)\(created.isDuplicate ? "  (made before by the same order)" : "")")
        }
    }

    private static let types = [
        "pdf": "application/pdf", "xml": "application/xml", "json": "application/json", "png": "image/png",
        "jpg": "image/jpeg", "jpeg": "image/jpeg", "dcm": "application/dicom", "txt": "text/plain",
    ]

    private static func attachment(_ path: String) throws -> ConsultationOrder.Attachment {
        let bytes = try World.system.disk.read(path, limitBytes: Limits.entryAttachmentBytes)
        let url = URL(fileURLWithPath: path)
        return ConsultationOrder.Attachment(
            contentType: types[url.pathExtension.lowercased()] ?? "application/octet-stream",
            title: url.lastPathComponent, content: Data(bytes).base64EncodedString())
    }
}

/// The verb `yilian consult list`.
struct ConsultList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show the requests that concern a node, newest first.",
        discussion: "Example: yilian consult list --state offered --specialty ecg --data DIR")

    @OptionGroup var list: CaseListOptions

    @Option(help: ArgumentHelp("Only those of a specialty, such as ecg.", valueName: "specialty"))
    var specialty: String?

    func run() async throws {
        if try await list.followed(ConsultationEndpoints.cases, isNarrowed: specialty != nil) { return }
        let requests: [ConsultationInfo] = try await list.node.talk {
            try await $0.ask(ConsultationEndpoints.list, .init(state: list.state, specialty: specialty))
        }
        try list.output.list(
            requests, titles: ["REQUEST", "KIND", "REQUESTED", "STATE", ">ATTEMPT", "HOME", "CLAIMED BY", "DUE"],
            none: Wording("no requests", "没有申请")
        ) { request in
            let newest = request.attempts.last
            return [
                request.request, request.kind, Shown.moment(request.requestedAt), request.state,
                newest.map { "\($0.number)" } ?? "-", newest?.home ?? "-", newest?.claimant ?? "-",
                Shown.moment(newest?.deadline),
            ]
        }
    }
}

/// The verb `yilian consult show`.
struct ConsultShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what became of a request; with --practitioner, open it.",
        discussion: """
            Opening shows the patient's data to those who are entitled to it, and is written to the audit ledger. With
            --documents the request's documents are written into that folder with mode 0600. Exit code 3: they do not
            lie at this node, or nobody works on the request.

            Example: yilian consult show zhangzhuang.01KBJ2V8Q4N6Z0M3T5X7Y9C1D2 --practitioner ecg-li --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The request's id.", valueName: "request"))
    var request: String

    @Option(help: ArgumentHelp("Open it as this expert or practitioner.", valueName: "id"))
    var practitioner: String?

    @Option(help: ArgumentHelp("The unit where the practitioner works; the node's first.", valueName: "unit"))
    var unit: String?

    @Option(help: ArgumentHelp("A folder for the documents of the request; needs --practitioner.", valueName: "dir"))
    var documents: String?

    func validate() throws {
        if documents != nil, practitioner == nil {
            throw ValidationError("--documents opens the request: say with --practitioner who opens it.")
        }
    }

    func run() async throws {
        guard let practitioner else {
            let info: ConsultationInfo = try await node.talk {
                try await $0.ask(ConsultationEndpoints.show, .init(id: request))
            }
            if output.json { try Terminal.json(info) } else { ConsultSheet.show(info) }
            if info.isUnserved { throw ExitCode.degraded }
            return
        }
        let reading = ConsultationReading(
            request: request, practitioner: practitioner, unit: unit, documents: documents != nil)
        let file: ConsultationFileInfo = try await node.talk {
            try await $0.ask(ConsultationEndpoints.read, reading)
        }
        var shown = file
        for place in shown.attachments.indices { shown.attachments[place].content = nil }
        if output.json { try Terminal.json(shown) } else { ConsultSheet.show(shown) }
        guard let documents else { return }
        var folder = try DocumentFolder(documents)
        for document in file.attachments { try folder.write(document.content, contentType: document.contentType) }
        if !file.isContentHere { throw ExitCode.degraded }
    }
}
