import ArgumentParser
import Console
import Destinations
import Effects
import VerbKit

/// The verb `yilian queue resend`.
struct QueueResend: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "resend", abstract: "Let a message to a hospital's system go again.",
        discussion: """
            For one that `queue show` lists: it was refused or held, and what was wrong is mended. One that waits for its
            next attempt is tried now.

            Example: yilian queue resend his/17 --data /var/lib/yilian/jucheng
            """)
    static let endpoint = DestinationEndpoints.resend

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A message, as `queue show` names it.", valueName: "item"))
    var item: String

    func question() -> DestinationEndpoints.Choice { .init(item: item) }
    func show(_ done: DestinationEndpoints.Choice) { Terminal.line("\(done.item) goes again") }
}

/// The verb `yilian queue drop`.
struct QueueDrop: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "Take a message to a hospital's system out for good.",
        discussion: """
            The hospital does not get it; what waited behind it goes on. The report itself stays where it is. The reason
            stays on record: `yilian audit acts`.

            Example: yilian queue drop his/17 --reason "sent on paper" --data /var/lib/yilian/jucheng
            """)
    static let endpoint = DestinationEndpoints.drop

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A message, as `queue show` names it.", valueName: "item"))
    var item: String

    @Option(help: ArgumentHelp("Why, in a few words; no patient's name.", valueName: "text"))
    var reason: String

    func question() -> DestinationEndpoints.Order { .init(item: item, reason: reason) }
    func show(_ done: DestinationEndpoints.Order) { Terminal.say(Wording("{1} is dropped", "{1} 已丢弃"), done.item) }
}

/// The verb `yilian queue hold`.
struct QueueHold: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Keep a message to a hospital's system until somebody releases it.",
        discussion: """
            The same patient's later messages wait behind it. One that is on its way at this moment may still arrive. The
            reason stays on record: `yilian audit acts`.

            Example: yilian queue hold his/17 --reason "wrong ward" --data /var/lib/yilian/jucheng
            """)
    static let endpoint = DestinationEndpoints.hold

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A message, as `queue messages` names it.", valueName: "item"))
    var item: String

    @Option(help: ArgumentHelp("Why, in a few words; no patient's name.", valueName: "text"))
    var reason: String

    func question() -> DestinationEndpoints.Order { .init(item: item, reason: reason) }
    func show(_ done: DestinationEndpoints.Order) { Terminal.say(Wording("{1} is held", "{1} 已扣留"), done.item) }
}

/// The verb `yilian queue release`.
struct QueueRelease: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Let a message go on that is held.",
        discussion: "Example: yilian queue release his/17 --data /var/lib/yilian/jucheng")
    static let endpoint = DestinationEndpoints.release

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A message, as `queue messages` names it.", valueName: "item"))
    var item: String

    func question() -> DestinationEndpoints.Choice { .init(item: item) }
    func show(_ done: DestinationEndpoints.Choice) { Terminal.say(Wording("{1} goes again", "{1} 继续发送"), done.item) }
}

/// The verb `yilian queue messages`.
struct QueueMessages: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "messages", abstract: "List the messages to hospitals' systems one by one, the oldest first.",
        discussion: """
            What they say is not shown: it is about patients. Exit code 3: there are more; --after with the last place
            shows them.

            Example: yilian queue messages --to his --state held --data /var/lib/yilian/jucheng
            """)
    static let endpoint = DestinationEndpoints.messages

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Only those for this destination of the node's file.", valueName: "name"))
    var to: String?

    @Option(help: ArgumentHelp("Only those that stand there: waiting, held or beside the queue.", valueName: "state"))
    var state: DestinationEndpoints.Standing?

    @Option(help: ArgumentHelp("Only those that have waited at least so long.", valueName: "seconds"))
    var older: Int64?

    @Option(help: ArgumentHelp("Behind this place, as the list before named it.", valueName: "place"))
    var after: String?

    @Option(help: ArgumentHelp("How many at most.", valueName: "number"))
    var limit: UInt32?

    func question() -> DestinationEndpoints.MessageQuestion {
        .init(receiver: to, state: state, olderSeconds: older, after: after, limit: limit)
    }

    func show(_ listing: DestinationEndpoints.MessageListing) {
        Terminal.list(
            listing.messages, titles: ["MESSAGE", "KIND", "STATE", "SINCE", ">TRIED", ">SIZE", "CODE", "REASON"],
            none: Wording("nothing waits", "没有等待的")
        ) { message in
            [
                message.item, message.kind, message.state.rawValue, Shown.moment(message.madeAt),
                "\(message.attempts)", Shown.bytes(message.sizeBytes), message.code, message.reason,
            ]
        }
        if let after = listing.after {
            Terminal.say(Wording("! more exist: give --after {1}", "! 还有更多：请写 --after {1}"), after)
        }
    }

    func ending(_ listing: DestinationEndpoints.MessageListing) -> ExitCode? { listing.after == nil ? nil : .degraded }
}

extension DestinationEndpoints.Standing: ExpressibleByArgument {}
