import ArgumentParser
import Console
import Effects
import VerbKit

/// The verb `yilian queue show`.
struct QueueShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what is refused, stopped, set aside or held, with the way out.",
        discussion: """
            `queue list` shows what waits for a link; this shows what a link alone does not move. Exit code 3: something
            needs somebody; 1: the item that was named is not stuck here.

            Example: yilian queue show --data /var/lib/yilian/jucheng
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("One entry, batch or chain alone.", valueName: "item"))
    var item: String?

    func run() async throws {
        var listing = try await node.talk { try await $0.ask(QueueEndpoints.stuck) }
        if let item {
            listing.items.removeAll { $0.item != item }
            guard !listing.items.isEmpty else {
                throw Failure(
                    "console.notHere", "this is not stuck here", place: item,
                    remedy: "`yilian queue show` lists what is; `yilian trace` says where an entry is")
            }
        }
        if output.json { try Terminal.json(listing) } else { Self.show(listing) }
        if listing.items.contains(where: \.state.needsSomebody) { throw ExitCode.degraded }
    }

    private static func show(_ listing: StuckListing) {
        Terminal.list(
            listing.items, titles: ["STATE", "ITEM", "NODE", "SINCE", "REASON"],
            none: Wording(
                "nothing is refused, stopped, set aside, in quarantine or held", "没有被拒收、停住、搁置、隔离或扣留的内容")
        ) { item in
            [
                word(item.state), item.item, item.node.isEmpty ? "-" : item.node,
                item.since.isEmpty ? "-" : Shown.moment(item.since),
                item.reason + (item.code.isEmpty ? "" : " [\(item.code)]"),
            ]
        }
        for way in Set(listing.items.map { "\(word($0.state)): \($0.wayOut)" }).sorted() { Terminal.line("→ \(way)") }
        if listing.isTruncated { Terminal.line("! more exist: the first of each state are shown") }
    }

    private static func word(_ state: StuckInfo.State) -> String {
        switch state {
        case .refused: "refused"
        case .stopped: "stopped"
        case .setAside: "set aside"
        case .quarantined: "in quarantine"
        case .setAsideElsewhere: "set aside elsewhere"
        case .quarantinedElsewhere: "in quarantine elsewhere"
        case .held: "held"
        case .messageRefused: "message refused"
        case .messageHeld: "message held"
        }
    }
}
