import ArgumentParser
import Console
import Effects
import ServiceKit
import VerbKit

/// The verb `yilian import`.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take HL7 v2 and FHIR files in through a node.",
        discussion: """
            Folders are gone through in the order of their names. Ends with a table of what was accepted, what was here
            already, what was refused and why, and what was taken with a warning: something that the message says and
            that is not carried on, or not as it stands. --check only looks: nothing is published. Exit code 3:
            something was refused.

            Example: yilian import messages/ --data DIR --institution pingding-renmin
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("Files and folders.", valueName: "file|dir"))
    var paths: [String]

    @Flag(help: "Only look; publish nothing.")
    var check = false

    @Option(help: ArgumentHelp("Whose results they are: a unit of the node, or its code.", valueName: "unit"))
    var institution: String?

    @Option(help: "hl7v2 or fhir; by the look of each file where it is not given.")
    var format: String?

    private struct File: Codable {
        var file: String
        var outcome: String
        var reports: Int
        var problems: [String]
        var warnings: [String]

        var isTaken: Bool { outcome == "accepted" || outcome == "duplicate" }
    }

    private struct Answer: Codable {
        var checkedOnly: Bool
        var accepted: Int
        var duplicate: Int
        var refused: Int
        var reports: Int
        var files: [File]
    }

    func run() async throws {
        let disk = World.system.disk
        let files = try ImportFiles(paths, disk: disk).found
        guard !files.isEmpty else {
            throw Failure("import.noFiles", "there is no file to import", place: paths.first, remedy: "name a file")
        }
        let answer = try await node.talk { try await take(files, client: $0, disk: disk) }
        if output.json { try Terminal.json(answer) } else { show(answer) }
        if answer.refused > 0 { throw ExitCode.degraded }
    }

    private func take(_ files: [ImportFiles.Found], client: ConsoleClient, disk: any Disk) async throws -> Answer {
        var answer = Answer(
            checkedOnly: check, accepted: 0, duplicate: 0, refused: 0, reports: 0, files: [])
        var progress = ProgressLine(check ? "looking" : "importing", total: files.count)
        defer { progress.end() }
        for found in files {
            let file: File
            do {
                file = try await take(found, client: client, disk: disk)
            } catch let failure as Failure where Self.isOfTheFile(failure) {
                file = File(
                    file: found.path, outcome: "refused", reports: 0, problems: [failure.description], warnings: [])
            }
            switch file.outcome {
            case "accepted":
                answer.accepted += 1
                answer.reports += file.reports
            case "duplicate": answer.duplicate += 1
            default: answer.refused += 1
            }
            answer.files.append(file)
            progress.step()
        }
        return answer
    }

    private func take(_ found: ImportFiles.Found, client: ConsoleClient, disk: any Disk) async throws -> File {
        if let obstacle = found.obstacle { throw obstacle }
        let bytes = try disk.read(found.path, limitBytes: Limits.importFileBytes)
        guard !bytes.isEmpty else {
            throw Failure("import.empty", "the file is empty", place: found.path, remedy: "take it out of the folder")
        }
        let order = MessageEndpoints.ImportOrder(format: format, institution: institution, check: check ? true : nil)
        let info = try await client.ask(MessageEndpoints.take, Upload(bytes, order))
        return File(
            file: found.path, outcome: info.outcome, reports: info.reports.count, problems: info.problems,
            warnings: info.warnings)
    }

    /// What is wrong with one file keeps no other from being taken; what is wrong with the question or the node does.
    private static func isOfTheFile(_ failure: Failure) -> Bool {
        ["disk", "import"].contains(failure.code.rawValue.prefix { $0 != "." })
    }

    private func show(_ answer: Answer) {
        var table = TextTable(">FILES", check ? "WOULD BE" : "WERE")
        table.add("\(answer.accepted)", "accepted, with \(Shown.count(answer.reports, "report"))")
        table.add("\(answer.duplicate)", "here already")
        table.add("\(answer.refused)", "refused")
        Terminal.line(table.text)
        show(answer.files.filter { !$0.isTaken }, "REFUSED", "REASON") {
            $0.problems.isEmpty ? [$0.outcome] : $0.problems
        }
        show(answer.files.filter { !$0.warnings.isEmpty }, "FILE", "WARNING") { $0.warnings }
    }

    /// A table of what is said about some files; nothing where there are none.
    private func show(_ files: [File], _ title: String, _ what: String, _ lines: (File) -> [String]) {
        guard !files.isEmpty else { return }
        Terminal.line()
        var table = TextTable(title, what)
        for file in files {
            for (index, line) in lines(file).enumerated() { table.add(index == 0 ? file.file : "", line) }
        }
        Terminal.line(table.text)
    }
}
