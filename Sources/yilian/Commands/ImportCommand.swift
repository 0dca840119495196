import ArgumentParser
import Console
import Effects

/// The verb `yilian import`.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take HL7 v2 and FHIR files in through a node.",
        discussion: """
            Folders are gone through in the order of their names. Ends with a table of what was accepted, what was here
            already, and what was refused and why. --check only looks: nothing is published. Exit code 3: something was
            refused.

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
        let files = try paths.flatMap { try Self.files(at: $0, disk: disk) }
        guard !files.isEmpty else {
            throw Failure("import.noFiles", "there is no file to import", place: paths.first, remedy: "name a file")
        }
        let answer = try await node.talk { try await take(files, client: $0, disk: disk) }
        if output.json { try Terminal.json(answer) } else { show(answer) }
        if answer.refused > 0 { throw ExitCode.degraded }
    }

    private func take(_ files: [String], client: ConsoleClient, disk: any Disk) async throws -> Answer {
        var answer = Answer(
            checkedOnly: check, accepted: 0, duplicate: 0, refused: 0, reports: 0, files: [])
        var progress = ProgressLine(check ? "looking" : "importing", total: files.count)
        defer { progress.end() }
        for path in files {
            let file: File
            do {
                let bytes = try disk.read(path, limitBytes: Limits.importFileBytes)
                let info: ImportInfo = try await client.post(
                    "import",
                    ["format": format, "institution": institution, "check": check ? "true" : nil], bytes: bytes)
                file = File(
                    file: path, outcome: info.outcome, reports: info.reports.count, problems: info.problems,
                    warnings: info.warnings)
            } catch let failure as Failure where failure.code.rawValue.hasPrefix("disk.") {
                file = File(
                    file: path, outcome: "refused", reports: 0, problems: [failure.description], warnings: [])
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

    private func show(_ answer: Answer) {
        var table = TextTable(">FILES", check ? "WOULD BE" : "WERE")
        table.add("\(answer.accepted)", "accepted, with \(Shown.count(answer.reports, "report"))")
        table.add("\(answer.duplicate)", "here already")
        table.add("\(answer.refused)", "refused")
        Terminal.line(table.text)
        let refused = answer.files.filter { $0.outcome != "accepted" && $0.outcome != "duplicate" }
        guard !refused.isEmpty else { return }
        Terminal.line()
        var reasons = TextTable("REFUSED", "REASON")
        for file in refused {
            for (index, problem) in (file.problems.isEmpty ? [file.outcome] : file.problems).enumerated() {
                reasons.add(index == 0 ? file.file : "", problem)
            }
        }
        Terminal.line(reasons.text)
    }

    /// The files of a path: itself, or what a folder holds, hidden files and pages about the messages left out.
    private static func files(at path: String, disk: any Disk) throws -> [String] {
        guard disk.exists(path) else {
            throw Failure("disk.notFound", "there is no such file or folder", place: path, remedy: "check the path")
        }
        guard disk.isDirectory(path) else { return [path] }
        var folder = path
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        return try disk.list(folder).filter { !$0.hasPrefix(".") && !$0.hasSuffix(".md") }
            .flatMap { try files(at: folder + "/" + $0, disk: disk) }
    }
}
