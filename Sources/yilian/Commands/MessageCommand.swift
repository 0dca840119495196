import ArgumentParser
import Console

/// The verbs of `yilian message`.
struct MessageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message", abstract: "Look up what became of a hospital system's message.",
        discussion: "Example: yilian message show MSG00001 --data DIR", subcommands: [MessageShow.self])
}

/// The verb `yilian message show`.
struct MessageShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the answers to the messages with a control id.",
        discussion: "Example: yilian message show MSG00001 --data DIR")

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("MSH-10, or the identifier of a FHIR Bundle.", valueName: "id"))
    var id: String

    func run() async throws {
        let messages: [MessageInfo] = try await node.talk { try await $0.get("messages", ["id": id]) }
        if output.json {
            try Terminal.json(messages)
            return
        }
        for message in messages {
            Terminal.line("\(Shown.moment(message.receivedAt))  \(message.outcome)")
            Terminal.line(message.answer.replacing("\r", with: "\n"))
        }
        if messages.isEmpty { Terminal.line("this node took no message with that id") }
    }
}
