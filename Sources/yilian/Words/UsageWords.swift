import Effects
import VerbKit

/// What is said of a command line that is not in order, by the argument parser and by the verbs, in both languages.
///
/// What belongs to shared options and to a service's verbs stands beside them.
///
/// `{1}`, `{2}` stand for what the sentence names.
enum UsageWords {
    /// The first of them that fits counts.
    static let parser: [Wording] = [
        Wording("Unknown option '{1}'. Did you mean '{2}'?", "没有选项 '{1}'。是否指 '{2}'？"),
        Wording("Unknown option '{1}'", "没有选项 '{1}'"),
        Wording("Missing value for '{1}'", "'{1}' 缺少值"),
        Wording("The option '{1}' does not take any value, but '{2}' was specified.", "选项 '{1}' 不带值，却写了 '{2}'。"),
        Wording("Unexpected argument '{1}'", "多余的参数 '{1}'"),
        Wording("{1} unexpected arguments: {2}", "多余的 {1} 个参数：{2}"),
        Wording("Missing expected argument '{1}'", "缺少参数 '{1}'"),
        Wording("Missing one of: {1}", "须写其中之一：{1}"),
        Wording(
            "The value '{1}' is invalid for '{2}'. Please provide one of {3}.", "'{2}' 不能是 '{1}'。请写其中之一：{3}。"),
        Wording(
            "The value '{1}' is invalid for '{2}'. Please provide one of the following:{3}",
            "'{2}' 不能是 '{1}'。请写下列之一：{3}"),
        Wording("The value '{1}' is invalid for '{2}'{3}", "'{2}' 不能是 '{1}'{3}"),
        Wording("Value to be set with flag {1} had already been set with flag {2}", "{1} 与先前的 {2} 不能同时写"),
        Wording("Missing required subcommand.", "缺少子命令。"),
        Wording("Invalid option: {1}", "无效的选项：{1}"),
    ]

    static let verbs: [Wording] = [
        Wording("'{1}' is nothing that `{2}` knows; it knows {3}.", "`{2}` 没有 '{1}'；它有：{3}。"),
        Wording("--language is zh or en, not '{1}'.", "--language 为 zh 或 en，不能是 '{1}'。"),
        Wording("--suite is ed25519 or sm2", "--suite 为 ed25519 或 sm2"),
        Wording("--finding is justified or unjustified.", "--finding 为 justified 或 unjustified。"),
        Wording("--asker goes with --citizen-id or --identifier.", "--asker 与 --citizen-id 或 --identifier 同用。"),
        Wording("--level is one of {1}.", "--level 为其中之一：{1}。"), Wording("--from needs --chain.", "--from 须有 --chain。"),
        Wording("--role is one of {1}.", "--role 为其中之一：{1}。"),
        Wording("--day takes 0 to 100 percent", "--day 为 0 至 100（百分比）"),
        Wording("--file needs --root.", "--file 须有 --root。"),
        Wording("--file takes no --data and no --url.", "--file 不与 --data 或 --url 同用。"),
        Wording("--seeds is 1 or more", "--seeds 至少为 1"),
        Wording("--mutant is one of {1}", "--mutant 为其中之一：{1}"),
        Wording(
            "--seeds: from --seed {1} on there are not so many; the last is {2}",
            "--seeds：从 --seed {1} 起没有这么多；最后一个是 {2}"),
    ]

    /// A sentence in Chinese; `nil` where none of the templates fits.
    static func chinese(_ sentence: String) -> String? {
        for wording in parser + verbs + ServiceVerbList.words.flatMap(\.complaints) {
            for (template, form) in [
                (wording.english, wording.chinese), (wording.english + ".", wording.chinese + "。"),
            ] {
                if let found = Template(template).values(in: sentence[...]) { return Template(form).filled(found) }
            }
        }
        return nil
    }

    /// Everything that the parser says of an error: what is wrong, the help of the option, the usage.
    static func chinese(message: String) -> String {
        message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if let words = line.after("Error: ") { return "错误：" + (chinese(String(words)) ?? String(words)) }
            if let words = line.after("Help:  ") { return "说明：" + help(String(words)) }
            if let words = line.after("Usage: ") { return "用法：" + words }
            if let found = Template("  See '{1}' for more information.").values(in: line) {
                return Template("  详见 '{1}'。").filled(found)
            }
            return String(line)
        }.joined(separator: "\n")
    }

    /// A line such as `--data <dir>  The folder.` with its words in Chinese.
    private static func help(_ line: String) -> String {
        guard let gap = line.firstRange(of: "  ") else { return HelpWords.chinese(line) }
        return line[..<gap.upperBound] + HelpWords.chinese(String(line[gap.upperBound...]))
    }
}

extension Substring {
    fileprivate func after(_ beginning: String) -> Substring? {
        hasPrefix(beginning) ? dropFirst(beginning.count) : nil
    }
}
