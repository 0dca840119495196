/// The manual page of the program, in the language of man(7).
///
/// It says what `--help` says of every verb, so that it cannot differ from the program that it lies beside.
struct ManualPage {
    private var lines: [String] = []

    init(_ program: VerbDescription, release: String) {
        lines.append(".TH YILIAN 1 \"\" \"yilian \(Self.escaped(release))\" \"Yilian 医联\"")
        section("NAME")
        text("\(program.commandName) - \(program.abstract ?? "")")
        section("SYNOPSIS")
        lines.append(".B yilian")
        lines.append(".I NOUN VERB")
        text("[ARGUMENT…] [OPTION…]")
        section("DESCRIPTION")
        paragraphs(program.discussion)
        text("The verbs of a running node speak with it over the socket in its data folder, or over HTTPS.")
        section("COMMANDS")
        for verb in program.verbs.dropFirst() { add(verb) }
        section("EXIT STATUS")
        for (code, meaning) in Self.exitCodes { item("\(code)", meaning) }
        section("FILES")
        for (path, meaning) in Self.files { item(path, meaning) }
    }

    /// The page, without a line break at its end.
    var text: String { lines.joined(separator: "\n") }

    private static let exitCodes = [
        (0, "Done."), (1, "Failed; standard error says what, where, and what to do."), (2, "Wrong usage."),
        (3, "Done, but something needs a look; the lines that begin with an exclamation mark say what."),
        (4, "The node cannot be reached."), (74, "The disk failed under a node; it stopped."),
    ]

    private static let files = [
        ("/etc/yilian/NODE.yaml", "The configuration of a node that the unit yilian@NODE.service starts."),
        ("/var/lib/yilian/NODE", "Its data folder: ledger, index, keys, certificates, the operators' token."),
    ]

    private mutating func add(_ verb: VerbDescription) {
        lines.append(".SS \(Self.escaped(verb.words + Self.usage(verb.shownArguments)))")
        if let abstract = verb.abstract { text(abstract) }
        paragraphs(verb.discussion)
        for argument in verb.shownArguments {
            var words = [argument.abstract ?? ""]
            if let more = argument.discussion { words.append(more) }
            if let value = argument.defaultValue, argument.kind != "flag" { words.append("(default: \(value))") }
            item(Self.heading(argument), words.filter { !$0.isEmpty }.joined(separator: " "))
        }
    }

    /// The arguments without a name, as they follow the verb.
    private static func usage(_ arguments: [VerbDescription.Argument]) -> String {
        arguments.filter { $0.kind == "positional" }.map { argument in
            let name = (argument.valueName ?? "value").uppercased() + (argument.isRepeating ? "…" : "")
            return argument.isOptional ? " [\(name)]" : " \(name)"
        }.joined()
    }

    private static func heading(_ argument: VerbDescription.Argument) -> String {
        let value = (argument.valueName ?? "value").uppercased()
        switch argument.kind {
        case "positional": return value
        case "flag": return (argument.names ?? []).map(\.text).joined(separator: ", ")
        default: return (argument.names ?? []).map { "\($0.text) \(value)" }.joined(separator: ", ")
        }
    }

    private mutating func section(_ title: String) { lines.append(".SH \(title)") }

    private mutating func text(_ words: String) { lines.append(Self.line(words)) }

    private mutating func item(_ term: String, _ meaning: String) {
        lines.append(".TP")
        lines.append("\\fB\(Self.escaped(term))\\fR")
        lines.append(Self.line(meaning.isEmpty ? "-" : meaning))
    }

    /// Paragraphs of a discussion; examples keep their lines.
    private mutating func paragraphs(_ discussion: String?) {
        guard let discussion, !discussion.isEmpty else { return }
        var isExample = false
        lines.append(".PP")
        for line in discussion.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            let words = line.trimmingPrefix { $0 == " " }
            let beginsExample = words.hasPrefix("Example: ")
            if isExample, !beginsExample, words.isEmpty || !line.hasPrefix(" ") { endExample(&isExample) }
            if words.isEmpty {
                lines.append(".PP")
            } else if beginsExample || isExample {
                if !isExample { lines += ["Example:", ".PP", ".RS 4", ".nf"] }
                isExample = true
                lines.append(Self.line(beginsExample ? String(words.dropFirst(9)) : String(words)))
            } else {
                lines.append(Self.line(String(words)))
            }
        }
        endExample(&isExample)
        lines.append(".PP")
    }

    private mutating func endExample(_ isExample: inout Bool) {
        if isExample { lines += [".fi", ".RE"] }
        isExample = false
    }

    /// A line of text: one that begins with a dot or an apostrophe would be a request.
    private static func line(_ words: String) -> String {
        let text = escaped(words)
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }

    private static func escaped(_ words: String) -> String {
        words.replacing("\\", with: "\\(rs").replacing("-", with: "\\-").replacing("\n", with: " ")
    }
}
