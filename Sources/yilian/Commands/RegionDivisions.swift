import ArgumentParser
import Console
import Effects
import NodeRuntime
import Regions
import VerbKit

/// The verb `yilian region divisions`.
struct RegionDivisions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "divisions", abstract: "List the divisions that region.yaml may name, with their codes.",
        discussion: """
            Those that come with the program, and those that a region.yaml adds. Exit code 1: none of them fits.

            Example: yilian region divisions 1403
            Example: yilian region divisions 平定 --file region.yaml
            """)

    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The beginning of a code, or a part of a name.", valueName: "text"))
    var text: String?

    @Option(help: ArgumentHelp("A region.yaml whose own divisions are listed too.", valueName: "region.yaml"))
    var file: String?

    private struct Line: Codable {
        var code: String
        var name: String
        var fullName: String
        /// The code exists in the statistical bureau's tables only.
        var isStatisticalOnly: Bool
    }

    func run() async throws {
        let added =
            try file.map {
                try RegionFile.read(at: $0, on: World.system.disk, sections: ServiceList.sections).divisions
            } ?? []
        let table = DivisionTable.builtin.adding(added)
        let lines = table.all.map { division in
            Line(
                code: division.code.rawValue, name: division.name, fullName: table.fullName(division.code),
                isStatisticalOnly: division.isStatisticalOnly)
        }.filter { line in text.map { line.code.hasPrefix($0) || line.fullName.contains($0) } ?? true }
        if output.json {
            try Terminal.json(lines)
        } else if lines.isEmpty {
            Terminal.error("no known division fits; add your own under 'divisions' in region.yaml")
        } else {
            var shown = TextTable("CODE", "NAME", "IN FULL", "")
            for line in lines {
                shown.add(line.code, line.name, line.fullName, line.isStatisticalOnly ? "statistical only" : "")
            }
            Terminal.line(shown.text)
        }
        if lines.isEmpty { throw ExitCode.failure }
    }
}
