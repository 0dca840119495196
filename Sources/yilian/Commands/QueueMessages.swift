import ArgumentParser
import Console
import Destinations
import Effects
import VerbKit

/// The verb `yilian queue resend`.
struct QueueResend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend", abstract: "Let a message to a hospital's system go again.",
        discussion: """
            For one that `queue show` lists: it was refused or held, and what was wrong is mended.

            Example: yilian queue resend his/17 --data /var/lib/yilian/jucheng
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A message, as `queue show` names it.", valueName: "item"))
    var item: String

    func run() async throws {
        let choice = try await node.talk { [item] in try await $0.ask(DestinationEndpoints.resend, .init(item: item)) }
        if output.json { try Terminal.json(choice) } else { Terminal.line("\(choice.item) goes again") }
    }
}

/// The verb `yilian queue drop`.
struct QueueDrop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "Take a message to a hospital's system out for good.",
        discussion: """
            The hospital does not get it; what waited behind it goes on. The report itself stays where it is.

            Example: yilian queue drop his/17 --data /var/lib/yilian/jucheng
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A message, as `queue show` names it.", valueName: "item"))
    var item: String

    func run() async throws {
        let choice = try await node.talk { [item] in try await $0.ask(DestinationEndpoints.drop, .init(item: item)) }
        if output.json { try Terminal.json(choice) } else { Terminal.line("\(choice.item) is dropped") }
    }
}
