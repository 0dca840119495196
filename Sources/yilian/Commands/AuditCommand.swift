import ArgumentParser
import Console
import Effects
import ServiceKit
import VerbKit

/// The verbs of `yilian audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Look into a node's audit ledger.",
        discussion: "Example: yilian audit list --practitioner dr-li --data DIR",
        subcommands: [
            AuditList.self, AuditShow.self, AuditOpenings.self, AuditReviewVerb.self, AuditOwn.self,
            AuditActs.self,
        ])
}

/// The verb `yilian audit list`.
struct AuditList: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List who looked at whose data at this node, why and when, the newest first.",
        discussion: """
            Every node that serves a question has a record of it. With --citizen-id or --identifier: who looked at this
            person's data, under whichever of their identifiers that this node knows; that is a look of its own and
            stands in the audit ledger from then on. With --alerts: who asked for more persons than the region lets them;
            each once until they stopped for ten minutes. Exit code 3: there are more; an earlier --to shows them.

            Example: yilian audit list --citizen-id - --asker dr-shen --from 2026-11-01 --data DIR
            Example: yilian audit list --practitioner dr-li --purpose emergency --data DIR
            Example: yilian audit list --alerts --data DIR
            """)
    static let endpoint = AuditEndpoints.list

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The patient's citizen identity number; - reads it.", valueName: "number"))
    var citizenID: String?

    @Option(help: IdentifierText.help("The patient by another identifier"))
    var identifier: String?

    @Option(help: ArgumentHelp("Who asks who looked at the patient's data; else 'operator'.", valueName: "id"))
    var asker: String?

    @Option(help: ArgumentHelp("Who looked, as the hospital names its staff.", valueName: "id"))
    var practitioner: String?

    @Option(help: ArgumentHelp(AccessOptions.purposes))
    var purpose: String?

    @Option(help: ArgumentHelp("The hospital's system that asked, as its node's file calls it.", valueName: "name"))
    var system: String?

    @Option(help: ArgumentHelp("The node where they sat.", valueName: "node"))
    var fromNode: String?

    @Flag(help: "Only where somebody asked for too many persons.")
    var alerts = false

    @Option(help: ArgumentHelp("From 2026-11-21 or 2026-11-21T08:00:00+08:00 on.", valueName: "moment"))
    var from: String?

    @Option(help: ArgumentHelp("Before this moment.", valueName: "moment"))
    var to: String?

    @Option(help: ArgumentHelp("How many at most.", valueName: "number"))
    var limit: Int = 50

    func validate() throws {
        if citizenID != nil, identifier != nil {
            throw ValidationError("--citizen-id and --identifier exclude each other.")
        }
        if asker != nil, citizenID == nil, identifier == nil {
            throw ValidationError("--asker goes with --citizen-id or --identifier.")
        }
        if limit < 1 { throw ValidationError("--limit is 1 or more.") }
    }

    func question() throws -> AuditFilter {
        AuditFilter(
            patient: try patient(), asker: asker, practitioner: practitioner, purpose: purpose, system: system,
            node: fromNode, isAlert: alerts ? true : nil, from: from, to: to, limit: UInt32(clamping: limit))
    }

    func show(_ listing: AuditListing) { AuditSheet.show(listing) }
    func ending(_ listing: AuditListing) -> ExitCode? { listing.isTruncated ? .degraded : nil }

    private func patient() throws -> IdentifierInfo? {
        if let citizenID {
            return IdentifierInfo(
                type: "citizenID", authority: "CN", value: try PersonNumber.read(citizenID, "citizen identity number"))
        }
        return try identifier.map(IdentifierText.read)
    }
}

/// The verb `yilian audit show`.
struct AuditShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what a node gave on one access statement.",
        discussion: """
            `record find` and `record show` say the statement's id; every node that served it has a record. Exit code 1:
            this node gave nothing on it.

            Example: yilian audit show 01KBJ2V8Q4N6Z0M3T5X7Y9C1D2 --data /var/lib/yilian/yuxian
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The id of an access statement.", valueName: "statement"))
    var statement: String

    func run() async throws {
        let records = try await node.talk { try await $0.ask(AuditEndpoints.show, .init(statement: statement)) }
        guard !records.isEmpty else {
            throw Failure(
                "console.notHere", "this node gave nothing on that statement", place: statement,
                remedy: "ask at the nodes that `record find` named; `yilian audit list` shows what this one gave")
        }
        if output.json { try Terminal.json(records) } else { Terminal.line(AuditSheet.table(records)) }
    }
}

/// Looks at people's data on a terminal.
enum AuditSheet {
    static func show(_ listing: AuditListing) {
        guard !listing.records.isEmpty else { return Terminal.line("no looks") }
        Terminal.line(table(listing.records))
        if listing.isTruncated { Terminal.line("! more exist: an earlier --to shows them") }
    }

    static func table(_ records: [AuditInfo]) -> String {
        var table = TextTable(
            "AT", "ACTION", "OUTCOME", ">ANSWERED", "FROM", "UNIT", "PRACTITIONER", "PURPOSE", "CALLER", "ENTRY",
            "STATEMENT", "SYSTEM")
        for record in records {
            table.add(
                Shown.moment(record.at), record.action, record.outcome, "\(record.answered)", record.node,
                record.unit.isEmpty ? "-" : record.unit, record.practitioner, record.purpose,
                record.caller.isEmpty ? "-" : record.caller, record.entry, record.statement,
                record.system.isEmpty ? "-" : record.system)
        }
        let reasons = records.compactMap { record in
            record.breakGlassReason.map { "! \(record.entry): without consent, because: \(PlainText.line($0))" }
        }
        let findings = records.compactMap { record in
            record.review.map {
                "! \(record.entry): \($0.finding.rawValue), by \($0.reviewer): \(PlainText.line($0.words))"
            }
        }
        return ([table.text] + reasons + findings).joined(separator: "\n")
    }
}
