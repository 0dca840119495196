import ArgumentParser
import Console
import Effects
import Ledgers
import NodeRuntime
import Regions
import Trust
import VerbKit

/// The verbs of `yilian config`.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check and show a node's yaml file.",
        discussion: """
            `yilian config show` names every key with its value and the line that set it; `yilian demo --keep DIR` writes
            the files of eight nodes as an example.

            Example: yilian config check Nodes/demo/pingding.yaml --region Nodes/demo/region.yaml
            """,
        subcommands: [ConfigCheck.self, ConfigShow.self])
}

/// A node's file, and what it is to fit.
struct ConfigOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The node's file.", valueName: "node.yaml"))
    var file: String

    @Option(help: ArgumentHelp("Also hold it against this region.", valueName: "region.yaml"))
    var region: String?

    /// The file, and everything that is wrong in it or does not fit the region.
    func read() throws -> (file: NodeFile?, problems: [ConfigurationProblem]) {
        let (disk, sections) = (World.system.disk, ServiceList.sections)
        let (node, found) = NodeFile.check(try disk.readText(file), fileName: file, sections: sections)
        guard let node, let region else { return (node, found) }
        let configuration = try RegionFile.read(at: region, on: disk, sections: sections)
        return (node, found + node.problems(in: configuration))
    }
}

/// The verb `yilian config check`.
struct ConfigCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Look at a node's file and change nothing.",
        discussion: """
            With --files also at everything in the data folder that `node start` will look at: region, keys,
            certificate, tokens, who may read them, and whether they belong to this node; and into its ledger.db, whose it
            is and whether this program can open it, also while the node runs. Run it as the node's user.

            Example: yilian config check Nodes/demo/pingding.yaml
            Example: yilian config check /etc/yilian/jucheng.yaml --files
            """)

    @OptionGroup var config: ConfigOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Also look at the files that the node needs to start.")
    var files = false

    func run() async throws {
        let (file, found) = try config.read()
        var problems = found
        var (failures, notes): ([Failure], [String]) = ([], [])
        if files, let file {
            let folder = NodeFolderCheck(
                folder: NodeFolder(file: file, disk: World.system.disk), world: .system
            ).run(isLedgerLookedInto: true)
            (failures, notes) = (folder.failures, folder.notes)
            // With --region they were looked for there.
            if config.region == nil { problems = RegionProblems(problems + folder.problems).problems }
        }
        failures = problems.map(\.failure) + failures
        if output.json {
            try Terminal.json(failures.map { ProblemInfo($0, in: .program) })
        } else {
            for failure in failures { Terminal.error(failure.description) }
        }
        guard failures.isEmpty, let file else { throw ExitCode.failure }
        if !output.json {
            Terminal.line("\(config.file): node '\(file.node)'\(files ? " and its files" : ""): in order")
            for note in notes { Terminal.line(note) }
        }
    }
}

/// The verb `yilian config show`.
struct ConfigShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show every value of a node's file and the line that set it.",
        discussion: "Example: yilian config show Nodes/demo/pingding.yaml")

    @OptionGroup var config: ConfigOptions
    @OptionGroup var output: OutputOptions

    private struct Line: Codable {
        var key: String
        var value: String
        var origin: String
    }

    func run() async throws {
        let (file, problems) = try config.read()
        guard let file, problems.isEmpty else { throw RegionProblems(problems) }
        if output.json {
            try Terminal.json(
                file.effective.map { Line(key: $0.key, value: $0.value, origin: $0.origin.description) })
            return
        }
        var table = TextTable("KEY", "VALUE", "SET BY")
        for setting in file.effective { table.add(setting.key, setting.value, setting.origin.description) }
        Terminal.line(table.text)
    }
}
