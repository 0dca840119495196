import ArgumentParser
import Console
import Effects
import FHIR
import Regions
import VerbKit

/// The verbs of `yilian log`.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Read a node's log as a person, or change how much it says.",
        discussion: "Example: journalctl -u yilian@jucheng -o cat | yilian log show",
        subcommands: [LogShow.self, LogLevel.self])
}

/// The verb `yilian log show`.
struct LogShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Write a node's log lines for people: local time, level, what happened.",
        discussion: """
            Reads a file, or standard input where none is named, as it comes. Lines that are no log lines pass as they
            are. `log.format: text` in the node's file makes the node write this form itself.

            Example: journalctl -f -u yilian@jucheng -o cat | yilian log show --level warning
            """)

    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A file with the log.", valueName: "file"))
    var file: String?

    @Option(help: "Only this level and above: trace, debug, info, notice, warning, error or critical.")
    var level: String?

    func validate() throws {
        if let level, !LoggedLine.levels.contains(level) {
            throw ValidationError("--level is one of \(LoggedLine.levels.joined(separator: ", ")).")
        }
    }

    func run() async throws {
        if let file {
            let text = try World.system.disk.readText(file, limitBytes: Self.fileBytes)
            for line in text.split(whereSeparator: \.isNewline) { show(String(line)) }
        } else {
            while let line = readLine() { show(line) }
        }
    }

    private static let fileBytes = 1 << 30

    private func show(_ line: String) {
        guard let logged = LoggedLine(line) else {
            if level == nil, !output.json { Terminal.line(line) }
            return
        }
        if let level, !logged.isAtLeast(level) { return }
        Terminal.line(output.json ? PlainText.json(line) : logged.text)
    }
}

/// The verb `yilian log level`.
struct LogLevel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "level", abstract: "Say from which level on a running node logs, or change it.",
        discussion: """
            A change holds until the node is started again or SIGHUP lets it read `log.level` of its file.

            Example: yilian log level debug --data /var/lib/yilian/jucheng
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "trace, debug, info, notice, warning or error; none: only say it.")
    var level: String?

    func run() async throws {
        let info = try await node.talk { client in
            guard let level else { return try await client.ask(NodeEndpoints.logLevel) }
            return try await client.ask(NodeEndpoints.setLogLevel, .init(level: level))
        }
        if output.json { try Terminal.json(info) } else { Terminal.line(info.level) }
    }
}

/// A line of a node's log as it was written for machines.
struct LoggedLine {
    private let time: String
    private let level: String
    private let label: String
    private let message: String
    private let metadata: [(name: String, value: String)]

    /// What a line quotes may hold anything.
    private static let limits = JSONLimits(takesZeroBytes: true)

    static let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    /// - Returns: nil where the line is none of a node's log.
    init?(_ line: String) {
        // The journal's priority stands before the JSON where somebody kept the raw stream.
        let start = line.firstIndex(of: "{") ?? line.startIndex
        guard line[..<start].allSatisfy({ "<>0123456789".contains($0) }),
            let value = try? JSONParser.parse(Array(line[start...].utf8), limits: Self.limits),
            let time = value["time"]?.string, let level = value["level"]?.string, let label = value["label"]?.string,
            let message = value["message"]?.string
        else { return nil }
        self.time = time
        self.level = level
        self.label = label
        self.message = message
        metadata = (value["metadata"]?.object?.members ?? []).map { ($0.name, Self.text($0.value)) }
    }

    func isAtLeast(_ other: String) -> Bool {
        guard let mine = Self.levels.firstIndex(of: level), let wanted = Self.levels.firstIndex(of: other) else {
            return true
        }
        return mine >= wanted
    }

    var text: String {
        TextLogLine.line(
            moment: Shown.moment(time), level: level, label: label, message: message, pairs: metadata)
    }

    private static func text(_ value: JSONValue) -> String {
        if let text = value.lexical { return text }
        if let members = value.object?.members {
            return members.map { "\($0.name): \(text($0.value))" }.joined(separator: ", ")
        }
        return value.items.map(text).joined(separator: ", ")
    }
}
