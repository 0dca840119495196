import Effects
import Yams

/// Reads one YAML document strictly and collects everything that is wrong with it.
///
/// It lives for the reading of one file, on one thread.
final class YAMLReader {
    /// A file with more problems than this is not worth reading further.
    static let problemLimit = 200

    let file: String
    private(set) var problems: [ConfigurationProblem] = []
    private(set) var settings: [EffectiveSetting] = []

    init(file: String) {
        self.file = file
    }

    /// The document's mapping with its allowed keys; none where the text is not a YAML mapping.
    func root(of text: String, what: String, keys: [String]) -> YAMLMapping? {
        guard text.utf8.count <= Limits.configurationFileBytes else {
            report(
                "config.tooLong", "the file is longer than \(Limits.configurationFileBytes) bytes", at: nil,
                remedy: "a configuration is a short text; is this the right file?")
            return nil
        }
        // Editors of other systems begin a text with it.
        let text = text.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        guard !text.utf8.contains(0) else {
            report(
                "config.wrongCharacter", "the file has characters without meaning (U+0000), as a text in UTF-16 has",
                at: nil, remedy: "save it as UTF-8")
            return nil
        }
        guard !Self.hasManyAliases(text) else {
            report(
                "config.tooManyAliases", "the file has more than \(Limits.yamlAliases) anchors and aliases", at: nil,
                remedy: "write out what they stand for")
            return nil
        }
        do {
            guard let node = try Yams.compose(yaml: text) else {
                report(
                    "config.empty", "the file is empty", at: nil,
                    remedy: "write \(what); `yilian demo --keep DIR` writes a whole region's files as an example")
                return nil
            }
            if case .mapping = node { return mapping(node, what: what, path: "", keys: keys) }
            if !reportConfusables(in: text) { return mapping(node, what: what, path: "", keys: keys) }
            return nil
        } catch {
            if !reportConfusables(in: text, near: Self.line(of: error)) { reportSyntax(error) }
            return nil
        }
    }

    /// Reports characters that make YAML stumble, each where it stands.
    ///
    /// - Parameter line: where YAML stumbled; none where it read the text, and not as was meant.
    /// - Returns: whether there is one.
    private func reportConfusables(in text: String, near line: Int? = nil) -> Bool {
        var findings = Confusables.findings(in: text)
        if findings.isEmpty, let line { findings = Confusables.findings(in: text, near: line) }
        for finding in findings where problems.count < Self.problemLimit {
            problems.append(
                ConfigurationProblem(
                    code: "config.wrongCharacter", file: file, line: finding.line, column: finding.column,
                    message: finding.message, remedy: finding.remedy))
        }
        return !findings.isEmpty
    }

    /// Whether there are more anchors and aliases than a person writes; looked for in the text, because each alias that
    /// is composed takes the memory of what it stands for.
    private static func hasManyAliases(_ text: String) -> Bool {
        var count = 0
        var before = UInt8(ascii: "\n")
        for byte in text.utf8 {
            if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "&"), " \t\r\n,[{:-".utf8.contains(before) {
                count += 1
            }
            before = byte
        }
        return count > Limits.yamlAliases
    }

    /// A node as a mapping whose keys are all known.
    func mapping(_ node: Node, what: String, path: String, keys: [String]) -> YAMLMapping? {
        guard case .mapping(let pairs) = node else {
            if reportConfusable(node) { return nil }
            report(
                "config.wrongType", "\(what) is a list of 'key: value', not \(Self.kind(of: node))", at: node.mark,
                remedy: "write keys below it, or between { and }")
            return nil
        }
        return YAMLMapping(reader: self, path: path, mark: node.mark, what: what, pairs: pairs, keys: keys)
    }

    /// Reports the character for which something was read as text that is a list, or keys.
    ///
    /// - Returns: whether there is one.
    func reportConfusable(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node, let (message, remedy) = Confusables.reason(ofText: scalar.string) else {
            return false
        }
        report("config.wrongCharacter", message, at: node.mark, remedy: remedy)
        return true
    }

    func report(_ code: Failure.Code, _ message: String, at mark: Mark?, remedy: String) {
        guard problems.count < Self.problemLimit else { return }
        problems.append(
            ConfigurationProblem(
                code: code, file: file, line: mark?.line ?? 1, column: mark?.column ?? 1, message: message,
                remedy: remedy))
    }

    /// Reports what is wrong with a setting that was read; the place is the setting's.
    func report(_ code: Failure.Code, _ message: String, at origin: EffectiveSetting.Origin, remedy: String) {
        guard problems.count < Self.problemLimit else { return }
        var (line, column) = (1, 1)
        if case .file(_, let there, let from) = origin { (line, column) = (there, from) }
        problems.append(
            ConfigurationProblem(
                code: code, file: file, line: line, column: column, message: message, remedy: remedy))
    }

    func report(_ error: any Error, at mark: Mark?) {
        let failure = error as? Failure ?? Failure("config.badValue", "the value cannot be read")
        report(failure.code, failure.message, at: mark, remedy: failure.remedy ?? "correct the value")
    }

    func record(_ key: String, _ value: String, at mark: Mark?) {
        let origin = mark.map { EffectiveSetting.Origin.file(file, line: $0.line, column: $0.column) }
        settings.append(EffectiveSetting(key: key, value: value, origin: origin ?? .standard))
    }

    static func kind(of node: Node) -> String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a list of 'key: value'"
        case .alias: "an alias"
        }
    }

    private static func line(of error: any Error) -> Int? {
        switch error as? YamlError {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }

    private func reportSyntax(_ error: any Error) {
        let remedy = "look at this line and the one before it: indentation, colons, quotes, brackets"
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let before = context.map { $0.text + " from line \($0.mark.line): " } ?? ""
            report("config.syntax", "this is not YAML: \(before)\(problem)", at: mark, remedy: remedy)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map(NameForm.shown).joined(separator: ", ")
            report(
                "config.duplicateKey", "\(names) stands more than once in one list of keys", at: context.mark,
                remedy: "keep one of them")
        default:
            report("config.syntax", "the file cannot be read as YAML text", at: nil, remedy: "save it as UTF-8")
        }
    }
}
