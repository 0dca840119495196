import ArgumentParser
import Console
import Effects
import NodeRuntime
import Recognition
import RecognitionEdge
import ServiceKit
import Trust
import VerbKit

/// The verbs of `yilian record`.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Find, open, export and verify results.",
        discussion: """
            Every question says who asks and why, and is written to the audit ledger of each node that serves it.

            Example: yilian record find --data DIR --citizen-id - --practitioner dr-li --order O-7
            """,
        subcommands: [RecordFind.self, RecordShow.self, RecordExport.self, RecordVerify.self])
}

/// The verb `yilian record find`.
struct RecordFind: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Find a person's results, here and above.",
        discussion: """
            `--citizen-id -` asks for the number, or reads it from standard input: on a command line others can see it.
            Exit code 3: a node was not reached or refused, or there are more results than were wanted.

            Example: yilian record find --data DIR --citizen-id - --practitioner dr-li --order O-7
            """)
    static let endpoint = RecordEndpoints.find

    @OptionGroup var node: NodeOptions
    @OptionGroup var person: PersonOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("How many results at most.", valueName: "number"))
    var limit: UInt32?

    func question() throws -> RecordQuestion { try access.question(about: person, limit: limit) }

    func ending(_ found: RecordFindings) -> ExitCode? {
        !found.unreached.isEmpty || found.isTruncated || found.areKeysTruncated ? .degraded : nil
    }

    func show(_ found: RecordFindings) {
        if found.records.isEmpty {
            Terminal.say(Wording("nothing found", "没有找到"))
        } else {
            var table = TextTable("ISSUED", "INSTITUTION", "EXAMINATION", "STATUS", ">VERSION", "RECOGNISABLE", "ENTRY")
            for record in found.records {
                table.add(
                    Shown.reported(record.issuedTime ?? record.observedTime), record.institution,
                    record.serviceName.isEmpty ? record.serviceCode : record.serviceName, record.status,
                    "\(record.version)", record.isRecognisable ? "yes" : "no: \(record.obstacle ?? "-")", record.entry)
            }
            Terminal.line(table.text)
        }
        Terminal.line("asked: \(found.asked.joined(separator: ", ")); access statement \(found.statement)")
        if found.equivalentKeys > 0 {
            Terminal.line("另按 \(found.equivalentKeys) 个关联标识查找 looked for under \(found.equivalentKeys) more keys")
        }
        if found.isKeptApart {
            Terminal.line("! 有标识已拆分，未合并 an identifier was kept apart: see `yilian identity show`")
        }
        if found.areKeysTruncated { Terminal.line("! 标识过多，未全部追踪 more keys exist than a query follows") }
        for node in found.unreached {
            let isAway = FailureCatalogue.console.class(of: Failure.Code(rawValue: node.reason)) == .retry
            let sentence =
                isAway
                ? Wording("! '{1}' was not reached: {2}", "! 未能到达 '{1}'：{2}")
                : Wording("! '{1}' refused the question: {2}", "! '{1}' 拒绝了提问：{2}")
            Terminal.say(sentence, node.node, node.reason)
        }
        if found.isTruncated {
            Terminal.say(
                Wording(
                    "! more exist: the newest are shown; give a greater --limit", "! 还有更多：显示最新的；请把 --limit 写大"))
        }
    }
}

/// The verb `yilian record show`.
struct RecordShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Open one result where it lies, verify it and show it.",
        discussion: """
            With --documents its documents are fetched from where they lie, checked, and written into that folder with
            mode 0600. Exit code 3: a document has not come as far yet, or its holder cannot be reached.

            Example: yilian record show jucheng/19a2b3c4d5e6f/bulk/12/0 --data DIR --citizen-id - --practitioner dr-li
              --order O-7
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var person: PersonOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The version to open, as `record find` shows it.", valueName: "entry"))
    var entry: String

    @Option(help: ArgumentHelp("A folder for the documents of the result.", valueName: "folder"))
    var documents: String?

    func run() async throws {
        let question = try access.question(about: person)
        let opening = RecordOpening(entry: entry, question: question, documents: documents != nil)
        let opened = try await node.talk { try await $0.ask(RecordEndpoints.open, opening) }
        var shown = opened
        for place in shown.attachments.indices { shown.attachments[place].content = nil }
        if output.json { try Terminal.json(shown) } else { RecordSheet.show(shown) }
        guard let documents else { return }
        var folder = try DocumentFolder(documents)
        for document in opened.attachments {
            if let absence = document.absence {
                Terminal.error("! document \(folder.nextNumber): \(absence.failure)")
                folder.skip()
            } else if document.isWithdrawn {
                Terminal.error("! document \(folder.nextNumber) was taken back")
                folder.skip()
            } else {
                try folder.write(document.content, contentType: document.contentType)
            }
        }
        if opened.attachments.contains(where: { $0.absence != nil }) { throw ExitCode.degraded }
    }
}

/// The verb `yilian record export`.
struct RecordExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write one result with its proof into a file.",
        discussion: """
            The file holds a person's data and is made with mode 0600. `record verify` needs nothing but it and the
            region's root public key.

            Example: yilian record export ENTRY --out result.proof --data DIR --citizen-id - --practitioner dr-li
              --order O-7
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var person: PersonOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The version to open, as `record find` shows it.", valueName: "entry"))
    var entry: String

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
    var out: String

    private struct Answer: Codable {
        var file: String
        var sizeBytes: Int
    }

    func run() async throws {
        let opening = RecordOpening(entry: entry, question: try access.question(about: person))
        let bytes = try await node.talk { try await $0.ask(RecordEndpoints.export, opening) }
        try World.system.disk.write(bytes, to: out, mode: 0o600)
        if output.json {
            try Terminal.json(Answer(file: out, sizeBytes: bytes.count))
        } else {
            Terminal.line("\(out): \(Shown.bytes(bytes.count)); it holds a person's data")
        }
    }
}

/// The verb `yilian record verify`.
struct RecordVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify an exported result with the region's root public key alone.",
        discussion: """
            Works anywhere, without a node and without a network. Exit code 1 where the proof does not hold.

            Example: yilian record verify result.proof --root region.pub
            """)

    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A file that `record export` wrote.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The region's root public key.", valueName: "region.pub"))
    var root: String

    private struct Answer: Codable {
        var isVerified: Bool
        var region: String
        var configurationVersion: UInt64
        var steps: [String]
        var record: OpenedRecordInfo
    }

    func run() async throws {
        let world = World.system
        let key = try KeyFile.publicKey(at: root, disk: world.disk)
        let proof = try ProofFile(bytes: try world.disk.read(file, limitBytes: Limits.importFileBytes))
        let verified = try proof.verify(
            rootKey: key, sections: ServiceList.sections.region, now: world.time.wallTime)
        let record = OpenedRecordInfo(verified.opened, statement: nil)
        if output.json {
            try Terminal.json(
                Answer(
                    isVerified: true, region: verified.configuration.region.rawValue,
                    configurationVersion: verified.configuration.version, steps: verified.steps, record: record))
            return
        }
        RecordSheet.show(record)
        Terminal.line()
        for step in verified.steps { Terminal.line("verified: \(step)") }
    }
}
