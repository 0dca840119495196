import ArgumentParser
import Console
import Effects
import VerbKit

/// The verbs of `yilian message`.
struct MessageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message", abstract: "Look up what became of a hospital system's message.",
        discussion: "Example: yilian message list --refused --data DIR",
        subcommands: [MessageList.self, MessageShow.self])
}

/// The verb `yilian message list`.
struct MessageList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the messages that came last, the newest first.",
        discussion: """
            What was taken is remembered as long as `messages.retentionDays` says, what was refused since the node's
            start: its sender has it still, and was told. Exit code 3: there are more than --limit.

            Example: yilian message list --refused --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Only those that were refused or could not be kept.")
    var refused = false

    @OptionGroup var limit: LimitOption

    func run() async throws {
        let question = MessageEndpoints.ListQuestion(refused: refused ? true : nil, limit: limit.asked)
        let messages = try await node.talk { try await $0.ask(MessageEndpoints.list, question) }
        try limit.show(messages, isForPeople: !output.json) { shown in
            if output.json { try Terminal.json(shown) } else { show(shown) }
        }
    }

    private func show(_ messages: [MessageInfo]) {
        let none =
            refused
            ? Wording("no message was refused since the node's start", "节点启动以来没有报文被拒绝")
            : Wording("no messages", "没有报文")
        Terminal.list(messages, titles: ["RECEIVED", "UNIT", "MESSAGE", "OUTCOME", "REASON"], none: none) { message in
            [
                Shown.moment(message.receivedAt), message.institution,
                message.message.isEmpty ? "(no id)" : message.message, message.outcome, message.problems.first ?? "",
            ]
        }
        if messages.contains(where: { !$0.problems.isEmpty }) {
            Terminal.line("`yilian message show MESSAGE` says everything about one")
        }
    }
}

/// The verb `yilian message show`.
struct MessageShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what became of the messages with a control id, and what was answered.",
        discussion: """
            A line that begins with `!` is a warning: the message was taken, and something in it was not, or not as it
            stands. Exit code 1: this node knows no message with that id.

            Example: yilian message show MSG00001 --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("MSH-10, or the identifier of a FHIR Bundle.", valueName: "id"))
    var id: String

    func run() async throws {
        let messages = try await node.talk { try await $0.ask(MessageEndpoints.show, .init(id: id)) }
        guard !messages.isEmpty else {
            throw Failure(
                "console.notHere", "this node knows no message with that id", place: id,
                remedy: "`yilian message list` shows those that came last")
        }
        if output.json {
            try Terminal.json(messages)
            return
        }
        for message in messages {
            Terminal.line("\(Shown.moment(message.receivedAt))  \(message.outcome)  \(message.institution)")
            for problem in message.problems { Terminal.line("refused: \(problem)") }
            if !message.answer.isEmpty { Terminal.line(message.answer) }
            for warning in AnswerWarnings.all(in: message.answer) { Terminal.line("! \(warning)") }
        }
    }
}
