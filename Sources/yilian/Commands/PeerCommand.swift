import ArgumentParser
import Console
import Effects
import VerbKit

/// The verbs of `yilian peer`.
struct PeerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peer", abstract: "Look at a node's neighbours, test, pause and resume its links.",
        discussion: "Example: yilian peer list --data /var/lib/yilian/pingding",
        subcommands: [PeerList.self, PeerTest.self, PeerPause.self, PeerResume.self])
}

/// The verb `yilian peer test`.
struct PeerTest: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Try the way to a neighbour step by step, and say what helps.",
        discussion: """
            Address, connection, TLS and certificate, handshake, configuration, clock. A link that is up is not disturbed.
            Children dial: of them is said what is known here. Exit code 3: something is not as it should be.

            Example: yilian peer test yangquan-shi --data /var/lib/yilian/pingding
            """)
    static let endpoint = PeerEndpoints.test

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The neighbour.", valueName: "node"))
    var neighbour: String

    func question() -> PeerEndpoints.Choice { .init(node: neighbour) }

    func show(_ info: PeerTestInfo) {
        var table = TextTable("STEP", "RESULT", "TEXT")
        for finding in info.findings {
            table.add(
                finding.step.rawValue, finding.outcome.rawValue, StatusWords.shown(finding.text, in: .current))
        }
        Terminal.line(table.text)
        if let remedy = info.remedy { Terminal.line("! " + remedy) }
    }

    func ending(_ info: PeerTestInfo) -> ExitCode? { info.isWell ? nil : .degraded }
}

/// The verb `yilian peer pause`.
struct PeerPause: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Keep the link to a neighbour down until somebody resumes it.",
        discussion: """
            It stays paused over a restart. What is written waits on disk; look-ups across the link are refused meanwhile.
            Everybody who asks why is told who paused it and why; the reason stays on record: `yilian audit acts`.

            Example: yilian peer pause jucheng --reason "line is repaired" --data /var/lib/yilian/pingding
            """)
    static let endpoint = PeerEndpoints.pause

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The neighbour.", valueName: "node"))
    var neighbour: String

    @Option(help: ArgumentHelp("Why, in a few words; no patient's name.", valueName: "text"))
    var reason: String

    func question() -> PeerEndpoints.PauseOrder { .init(node: neighbour, reason: reason) }

    func show(_ info: PeerInfo) {
        Terminal.say(Wording("the link to {1} is paused", "与 {1} 的链路已暂停"), info.node)
    }
}

/// The verb `yilian peer resume`.
struct PeerResume: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Let a link come up again that was paused.",
        discussion: "Example: yilian peer resume jucheng --data /var/lib/yilian/pingding")
    static let endpoint = PeerEndpoints.resume

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The neighbour.", valueName: "node"))
    var neighbour: String

    func question() -> PeerEndpoints.Choice { .init(node: neighbour) }

    func show(_ info: PeerInfo) {
        Terminal.say(Wording("the link to {1} may come up again", "与 {1} 的链路已恢复"), info.node)
    }
}

/// The verb `yilian peer list`.
struct PeerList: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show every neighbour and its link.",
        discussion: """
            Exit code 3: a link is not up, or something is wrong with it.

            Example: yilian peer list --data /var/lib/yilian/pingding
            """)
    static let endpoint = NodeEndpoints.peers

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func show(_ peers: [PeerInfo]) {
        var table = TextTable(
            "NODE", "RELATION", "STATE", "SINCE", ">ROUND TRIP", ">CLOCK", ">CONFIGURATION", ">RECEIVED", ">SENT",
            "REASON")
        for peer in peers {
            table.add(
                peer.node, peer.relation ?? "-", peer.state, Shown.moment(peer.since),
                Shown.milliseconds(peer.roundTripMilliseconds), Shown.milliseconds(peer.clockDifferenceMilliseconds),
                peer.configurationVersion.map { "\($0)" } ?? "-", Shown.bytes(peer.receivedBytes),
                Shown.bytes(peer.sentBytes), peer.reason)
        }
        Terminal.line(peers.isEmpty ? "this node has no neighbours" : table.text)
    }

    func ending(_ peers: [PeerInfo]) -> ExitCode? {
        peers.allSatisfy { $0.state == "up" && $0.reason.isEmpty } ? nil : .degraded
    }
}
