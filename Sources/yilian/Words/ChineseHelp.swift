import Console

/// The help of a noun or a verb in Chinese, as the argument parser would lay it out.
///
/// It says what the parser's own description says, through the table of words, so that it cannot lack a verb or an option.
struct ChineseHelp {
    let verb: VerbDescription
    /// How the verb is called, such as `yilian queue list [--wait <seconds>]`.
    let usage: String

    private static let columns = 80
    private static let labelColumns = 26

    var text: String {
        let arguments = (verb.arguments ?? []).filter(\.shouldDisplay)
        let verbs = (verb.subcommands ?? []).filter { ($0.shouldDisplay ?? true) && $0.commandName != "help" }
        let parts = [
            WrappedText.lines("概述：" + HelpWords.chinese(HelpText(verb.abstract ?? "").prose), columns: Self.columns)
                .joined(separator: "\n"),
            HelpText(verb.discussion ?? "").chinese(columns: Self.columns),
            "用法：" + usage.replacing("\n", with: "\n      "),
            section("参数", arguments.filter { $0.kind == "positional" }.map(Self.row)),
            section(
                "选项",
                arguments.filter { $0.kind != "positional" }.map(Self.row)
                    + [(label: "--language <zh|en>", text: "用哪种语言；不写时按环境变量 LANG。")]),
            section("子命令", verbs.map { ($0.commandName, HelpWords.chinese(HelpText($0.abstract ?? "").prose)) }),
            verbs.isEmpty ? "" : "  用 '\(helpWords) <子命令>' 查看详细帮助。",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// `yilian help queue`.
    private var helpWords: String {
        var words = verb.words.split(separator: " ").map(String.init)
        words.insert("help", at: min(1, words.count))
        return words.joined(separator: " ")
    }

    private static func row(_ argument: VerbDescription.Argument) -> (label: String, text: String) {
        let value = "<\(argument.valueName ?? "value")>"
        let names = (argument.names ?? []).map(\.text).joined(separator: ", ")
        let label =
            switch argument.kind {
            case "positional": value + (argument.isRepeating ? " ..." : "")
            case "flag": names
            default: "\(names) \(value)"
            }
        let values = (argument.allValueStrings ?? []).filter { !$0.isEmpty }
        var notes = [argument.abstract, argument.discussion].compactMap { $0 }
            .map { HelpWords.chinese(HelpText($0).prose) }
        if !values.isEmpty { notes.append("（可用：\(values.joined(separator: "、"))）") }
        if let value = argument.defaultValue, argument.kind != "flag" { notes.append("（默认：\(value)）") }
        return (label, notes.joined())
    }

    private func section(_ title: String, _ rows: [(label: String, text: String)]) -> String {
        guard !rows.isEmpty else { return "" }
        let indent = String(repeating: " ", count: Self.labelColumns)
        let lines = rows.flatMap { row -> [String] in
            let label = "  " + row.label
            let wrapped = WrappedText.lines(row.text, columns: Self.columns - Self.labelColumns).map { indent + $0 }
            guard TextTable.width(of: label) < Self.labelColumns, let first = wrapped.first else {
                return [label] + wrapped
            }
            let padding = Self.labelColumns - TextTable.width(of: label)
            let begun = label + String(repeating: " ", count: padding) + first.dropFirst(Self.labelColumns)
            return [begun] + wrapped.dropFirst()
        }
        return ([title + "："] + lines).joined(separator: "\n")
    }
}
