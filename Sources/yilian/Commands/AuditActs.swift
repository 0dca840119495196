import ArgumentParser
import Console
import Effects
import VerbKit

/// The verb `yilian audit acts`.
struct AuditActs: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "acts", abstract: "List what operators did to messages, links and backups, and why.",
        discussion: """
            The newest first; kept for 200 days. Whoever works on the node's own machine is 'node'. Exit code 3: there are
            more; --before with the last number shows them.

            Example: yilian audit acts --data /var/lib/yilian/pingding
            """)
    static let endpoint = ActEndpoints.list

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Before this one, as the list before named it.", valueName: "number"))
    var before: Int64?

    func question() -> ActEndpoints.Question { .init(before: before) }

    func show(_ listing: ActEndpoints.Listing) {
        Terminal.list(
            listing.acts, titles: ["AT", "EVENT", "WHAT", "BY", "REASON"],
            none: Wording("no operator has done anything here", "还没有操作记录")
        ) { act in
            [Shown.moment(act.at), act.action.rawValue, act.item, act.actor, act.reason]
        }
        if let next = listing.next {
            Terminal.say(Wording("! more exist: give --before {1}", "! 还有更多：请写 --before {1}"), "\(next)")
        }
    }

    func ending(_ listing: ActEndpoints.Listing) -> ExitCode? { listing.next == nil ? nil : .degraded }
}
