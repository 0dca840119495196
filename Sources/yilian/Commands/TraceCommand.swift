import ArgumentParser
import Console
import VerbKit

/// The verb `yilian trace`.
struct TraceCommand: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Follow one entry from a node upward, hop by hop.",
        discussion: """
            Exit code 3: a hop could not be reached, or holds the entry back or set it aside; 1: no hop has it.

            Example: yilian trace jucheng/19a2b3c4d5e6f/bulk/12/0 --data /var/lib/yilian/jucheng
            """)
    static let endpoint = NodeEndpoints.trace

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The entry's id.", valueName: "entry"))
    var entry: String

    func question() -> NodeEndpoints.EntryQuestion { .init(entry: entry) }

    func show(_ hops: [TraceHopInfo]) {
        var table = TextTable("NODE", "AS", "ON DISK", "STATE", "REASON")
        for hop in hops { table.add(hop.node, hop.how, Shown.moment(hop.onDiskAt), hop.state, hop.reason) }
        Terminal.line(table.text)
    }

    func ending(_ hops: [TraceHopInfo]) -> ExitCode? {
        if hops.allSatisfy({ $0.how == "absent" }) { return .failure }
        let isWhole = hops.allSatisfy { $0.how != "unreachable" && $0.state != "held" && $0.state != "setAside" }
        return isWhole ? nil : .degraded
    }
}
