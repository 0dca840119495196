import ArgumentParser
import Console
import Effects
import Regions
import VerbKit

/// The verbs of `yilian node`.
struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "Start a node, or look at one.",
        discussion: "Example: yilian node start --config /etc/yilian/pingding.yaml",
        subcommands: [NodeStart.self, NodeStatus.self])
}

/// The verb `yilian node start`.
struct NodeStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Run a node until SIGTERM or Ctrl-C.",
        discussion: """
            Reads the node's yaml file (`yilian config show` names its keys) and writes addresses.json into its data folder
            once everything listens. The log goes to standard error, one line of JSON per event. SIGHUP loads the certificates of
            links and listeners, ledger keys, token, region file and destinations again. Exit code 74: the disk failed; check it, start again, run `yilian ledger verify`.

            Example: yilian node start --config Nodes/demo/pingding.yaml --data /var/lib/yilian/pingding
            """)

    @Option(help: ArgumentHelp("The node's yaml file.", valueName: "file"))
    var config: String

    @Option(help: ArgumentHelp("Another data folder than the file says.", valueName: "dir"))
    var data: String?

    @Option(
        help: ArgumentHelp("The parent's address, before those of the region; may be repeated.", valueName: "host:port")
    )
    var parent: [String] = []

    @Option(help: ArgumentHelp("Where children dial in, instead of what the file says.", valueName: "host:port"))
    var linkListen: String?

    @Option(help: ArgumentHelp("Write addresses.json to this file too.", valueName: "file"))
    var addressesFile: String?

    @Option(
        help: ArgumentHelp(
            "The process that starts this one: stop when it has ended; for demos and tests.", valueName: "pid"))
    var withParent: Int32?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let options = LaunchOptions(
            configFile: config, dataFolder: data, parents: try parent.map { try NetworkAddress($0) },
            linkListen: try linkListen.map { try NetworkAddress($0) }, addressesFile: addressesFile)
        let parentProcess = withParent
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await NodeLauncher(options: options, world: .system).run() }
            if let parentProcess {
                group.addTask { try await Self.stop(with: parentProcess, World.system.time) }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Stops this node, as SIGTERM does, when its parent has ended, or had before this process looked; then waits to be
    /// cancelled.
    private static func stop(with parent: Int32, _ time: any TimeSource) async throws {
        while ChildProcess.parentProcessID == parent { try await time.sleep(milliseconds: 500) }
        ChildProcess.stopThisProcess()
        try await time.sleepForever()
    }
}

/// The verb `yilian node status`.
struct NodeStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how a running node is.",
        discussion: """
            Exit code 0: all is well; 3: something needs a look, and the last lines say what; 4: not reachable. With --wait
            it asks until all is well, such as after a start.

            Example: yilian node status --data /var/lib/yilian/pingding
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var wait: WaitOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let info = try await wait.ask(
            { try await node.talk { try await $0.ask(NodeEndpoints.status) } }, until: { $0.concerns.isEmpty })
        if output.json { try Terminal.json(info) } else { Self.show(info) }
        if !info.concerns.isEmpty { throw ExitCode.degraded }
    }

    private static func show(_ info: NodeInfo) {
        var table = TextTable("", "")
        table.add("node", "\(info.node)  \(info.name)")
        table.add("tier", info.tier)
        let waiting = info.waitingConfiguration.map { "; \($0) waits until \(Shown.moment(info.waitingUntil))" } ?? ""
        table.add("region", "\(info.region), configuration \(info.configurationVersion)\(waiting)")
        table.add("release", info.release)
        table.add("process", "\(info.processID), up \(Shown.seconds(info.uptimeSeconds))")
        table.add("parent", info.parent ?? "-")
        table.add("links up", "\(info.linksUp) of \(info.linksExpected)")
        let all = info.ledger.all
        table.add(
            "ledger",
            "\(Shown.count(all.entries, "entry")) in \(all.batches) batches, \(Shown.bytes(all.storedBytes)) "
                + "(\(Shown.bytes(all.rawBytes)) before compression)")
        for figure in info.figures { table.add(figure.name, "\(Int64(figure.value))") }
        table.add("waiting", "\(info.backlogBatches) batches, \(Shown.bytes(info.backlogBytes))")
        if let free = info.freeDiskBytes { table.add("disk", "\(Shown.bytes(free)) free") }
        table.add("certificate until", Shown.moment(info.certificateExpiresAt))
        if let end = info.ledgerKeyEndsAt { table.add("ledger key until", Shown.moment(end)) }
        table.add("listens", listeners(info.addresses))
        Terminal.line(table.text)
        for concern in info.concerns { Terminal.line("! \(concern)") }
    }

    private static func listeners(_ addresses: NodeAddresses) -> String {
        var parts: [String] = []
        if let link = addresses.link { parts.append("link \(link)") }
        parts += addresses.mllp.map { "mllp \($0.address) (\($0.unit))" }
        if let https = addresses.https { parts.append("https \(https)") }
        parts.append("health \(addresses.health)")
        return parts.joined(separator: ", ")
    }
}
