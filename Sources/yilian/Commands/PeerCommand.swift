import ArgumentParser
import Console
import VerbKit

/// The verbs of `yilian peer`.
struct PeerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peer", abstract: "Look at a node's neighbours.",
        discussion: "Example: yilian peer list --data /var/lib/yilian/pingding", subcommands: [PeerList.self])
}

/// The verb `yilian peer list`.
struct PeerList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show every neighbour and its link.",
        discussion: """
            Exit code 3: a link is not up, or something is wrong with it.

            Example: yilian peer list --data /var/lib/yilian/pingding
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let peers = try await node.talk { try await $0.ask(NodeEndpoints.peers) }
        if output.json {
            try Terminal.json(peers)
        } else {
            var table = TextTable(
                "NODE", "RELATION", "STATE", "SINCE", ">ROUND TRIP", ">CLOCK", ">CONFIGURATION", ">RECEIVED", ">SENT",
                "REASON")
            for peer in peers {
                table.add(
                    peer.node, peer.relation ?? "-", peer.state, Shown.moment(peer.since),
                    Shown.milliseconds(peer.roundTripMilliseconds),
                    Shown.milliseconds(peer.clockDifferenceMilliseconds),
                    peer.configurationVersion.map { "\($0)" } ?? "-", Shown.bytes(peer.receivedBytes),
                    Shown.bytes(peer.sentBytes), peer.reason)
            }
            Terminal.line(peers.isEmpty ? "this node has no neighbours" : table.text)
        }
        if peers.contains(where: { $0.state != "up" || !$0.reason.isEmpty }) { throw ExitCode.degraded }
    }
}
