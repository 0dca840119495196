import ArgumentParser
import Console
import VerbKit

/// The verb `yilian trace`.
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Follow one entry from a node upward, hop by hop.",
        discussion: """
            Exit code 3: a hop could not be reached, or holds the entry back or set it aside; 1: no hop has it.

            Example: yilian trace jucheng/19a2b3c4d5e6f/bulk/12/0 --data /var/lib/yilian/jucheng
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The entry's id.", valueName: "entry"))
    var entry: String

    func run() async throws {
        let hops = try await node.talk { try await $0.ask(NodeEndpoints.trace, .init(entry: entry)) }
        if output.json {
            try Terminal.json(hops)
        } else {
            var table = TextTable("NODE", "AS", "ON DISK", "STATE", "REASON")
            for hop in hops { table.add(hop.node, hop.how, Shown.moment(hop.onDiskAt), hop.state, hop.reason) }
            Terminal.line(table.text)
        }
        if hops.allSatisfy({ $0.how == "absent" }) { throw ExitCode.failure }
        let isWhole = hops.allSatisfy { $0.how != "unreachable" && $0.state != "held" && $0.state != "setAside" }
        if !isWhole { throw ExitCode.degraded }
    }
}
