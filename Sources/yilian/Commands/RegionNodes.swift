import ArgumentParser
import Console
import VerbKit

/// The verb `yilian region nodes`.
struct RegionNodes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nodes", abstract: "Show how a node and every node below it is.",
        discussion: """
            What nodes say of themselves goes up every ten seconds. Below a node that is away everything is unknown since
            its last word. Exit code 3: a node is not up.

            Example: yilian region nodes --data /var/lib/yilian/yangquan-shi
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let outlook = try await node.talk { try await $0.ask(RegionEndpoints.outlook) }
        if output.json {
            try Terminal.json(outlook)
        } else {
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
        if outlook.nodes.contains(where: { $0.state != .up }) { throw ExitCode.degraded }
    }
}
