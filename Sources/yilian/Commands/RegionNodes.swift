import ArgumentParser
import Console
import VerbKit

/// The verb `yilian region nodes`.
struct RegionNodes: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "nodes", abstract: "Show how a node and every node below it is.",
        discussion: """
            What nodes say of themselves goes up every ten seconds. Below a node that is away everything is unknown since
            its last word. Exit code 3: a node is not up.

            Example: yilian region nodes --data /var/lib/yilian/yangquan-shi
            """)
    static let endpoint = RegionEndpoints.outlook

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func show(_ outlook: RegionOutlookInfo) {
        var table = TextTable(
            "NODE", "NAME", "TIER", "PARENT", "STATE", "SINCE", ">WAITING", ">CONFIGURATION", "REASON")
        for line in outlook.nodes {
            table.add(
                line.node, line.name, line.tier, line.parent ?? "-", line.state.rawValue, Shown.moment(line.since),
                line.waitingEntries.map { "\($0)" } ?? "-", line.configurationVersion.map { "\($0)" } ?? "-",
                line.reason)
        }
        Terminal.line(table.text)
    }

    func ending(_ outlook: RegionOutlookInfo) -> ExitCode? {
        outlook.nodes.allSatisfy { $0.state == .up } ? nil : .degraded
    }
}
