import ArgumentParser
import Console

/// The verbs of `yilian audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Look into a node's audit ledger.",
        discussion: "Example: yilian audit show STATEMENT --data DIR", subcommands: [AuditShow.self])
}

/// The verb `yilian audit show`.
struct AuditShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what a node gave on one access statement.",
        discussion: """
            `record find` and `record show` say the statement's id; every node that served it has a record.

            Example: yilian audit show 01KBJ2V8Q4N6Z0M3T5X7Y9C1D2 --data /var/lib/yilian/yuxian
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The id of an access statement.", valueName: "statement"))
    var statement: String

    func run() async throws {
        let records: [AuditInfo] = try await node.talk { try await $0.get("audit", ["statement": statement]) }
        if output.json {
            try Terminal.json(records)
            return
        }
        guard !records.isEmpty else {
            Terminal.line("this node gave nothing on that statement")
            return
        }
        var table = TextTable(
            "AT", "ACTION", "OUTCOME", ">ANSWERED", "FROM", "PRACTITIONER", "PURPOSE", "CALLER", "ENTRY")
        for record in records {
            table.add(
                Shown.moment(record.at), record.action, record.outcome, "\(record.answered)", record.node,
                record.practitioner, record.purpose, record.caller.isEmpty ? "-" : record.caller, record.entry)
        }
        Terminal.line(table.text)
    }
}
