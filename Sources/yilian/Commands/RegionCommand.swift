import ArgumentParser
import Console
import Effects
import Ledgers
import NodeRuntime
import Regions
import Trust
import VerbKit

/// The verbs of `yilian region`.
struct RegionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "region", abstract: "Check, compare, publish, bring and show the region's configuration.",
        discussion: """
            `yilian region check` names every mistake of region.yaml with its line; `yilian demo --keep DIR` writes a whole
            region's files as an example.

            Example: yilian region check region.yaml
            """,
        subcommands: [
            RegionCheck.self, RegionDiff.self, RegionPublish.self, RegionAccept.self, RegionShow.self,
            RegionNodes.self, RegionChanges.self, RegionDivisions.self,
        ])
}

/// The verb `yilian region check`.
struct RegionCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Look at a region.yaml and change nothing.",
        discussion: """
            Shows every problem with its file and line, and what the file holds.

            Example: yilian region check Nodes/demo/region.yaml
            """)

    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The file.", valueName: "region.yaml"))
    var file: String

    private struct Answer: Codable {
        var problems: [ProblemInfo]
        /// What the file holds, where nothing is wrong with it.
        var holds: Contents?
    }

    private struct Contents: Codable {
        var region: String
        var version: UInt64
        var nodes: Int
        var units: Int
        var sections: [SectionContents]

        init(_ configuration: RegionConfiguration) {
            region = configuration.region.rawValue
            version = configuration.version
            nodes = configuration.nodes.count
            units = configuration.organizationUnits.count
            sections = configuration.sectionContents
        }
    }

    func run() async throws {
        let (configuration, problems) = try RegionFile.check(
            at: file, on: World.system.disk, sections: ServiceList.sections)
        let holds = configuration.map(Contents.init)
        if output.json {
            try Terminal.json(
                Answer(problems: problems.map { ProblemInfo($0.failure, in: .program) }, holds: holds))
        } else {
            for problem in problems { Terminal.error(problem.description) }
        }
        guard let holds else { throw ExitCode.failure }
        if !output.json {
            Terminal.line(
                "\(file): region '\(holds.region)' version \(holds.version), \(holds.nodes) nodes, "
                    + "\(holds.units) units: in order")
            for line in holds.sections.flatMap(\.lines) { Terminal.line(line) }
        }
    }
}
