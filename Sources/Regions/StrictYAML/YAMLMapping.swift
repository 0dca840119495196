package import Effects
import Yams

/// A mapping of a YAML document that is being read: each key known, each value asked for by name.
///
/// Whatever is missing or wrong is reported to the reader, and the answer is `nil`, so that reading goes on.
package struct YAMLMapping {
    let reader: YAMLReader
    let path: String
    let mark: Mark?
    private let what: String
    private let values: [String: Yams.Node]

    init(reader: YAMLReader, path: String, mark: Mark?, what: String, pairs: Yams.Node.Mapping, keys: [String]) {
        self.reader = reader
        self.path = path
        self.mark = mark
        self.what = what
        var values: [String: Yams.Node] = [:]
        for (key, value) in pairs {
            guard case .scalar(let scalar) = key, keys.contains(scalar.string) else {
                Self.reportUnknown(key, of: what, keys: keys, to: reader)
                continue
            }
            values[scalar.string] = value
        }
        self.values = values
    }

    /// The file in which it stands.
    package var file: String { reader.file }

    package func has(_ key: String) -> Bool { values[key] != nil }

    /// Where the value of a key stands; where it is missing, where the mapping begins.
    func mark(of key: String?) -> Mark? {
        key.flatMap { values[$0]?.mark } ?? mark
    }

    package func required<Value>(_ key: String, _ parse: (String) throws -> Value) -> Value? {
        guard let node = values[key] else {
            reportMissing(key)
            return nil
        }
        return scalar(node, path: dotted(key), name: "'\(key)'", parse)
    }

    package func optional<Value>(_ key: String, _ parse: (String) throws -> Value) -> Value? {
        guard let node = values[key] else { return nil }
        return scalar(node, path: dotted(key), name: "'\(key)'", parse)
    }

    /// The value of a key, or of a default text that is recorded as the program's own.
    package func optional<Value>(_ key: String, default text: String, _ parse: (String) throws -> Value) -> Value? {
        if has(key) { return optional(key, parse) }
        reader.record(dotted(key), text, at: nil)
        return try? parse(text)
    }

    package func mapping(_ key: String, required: Bool, what: String, keys: [String]) -> YAMLMapping? {
        guard let node = values[key] else {
            if required { reportMissing(key) }
            return nil
        }
        return reader.mapping(node, what: what, path: dotted(key), keys: keys)
    }

    /// The mappings of a list; those that are no mappings are reported and left out.
    package func mappings(_ key: String, required: Bool, what: String, keys: [String]) -> [YAMLMapping] {
        items(key, required: required).compactMap { index, node in
            reader.mapping(node, what: what, path: dotted(key) + ".\(index)", keys: keys)
        }
    }

    /// The values of a list, each with the place where it stands.
    package func list<Value>(_ key: String, required: Bool, _ parse: (String) throws -> Value) -> [Value] {
        items(key, required: required).compactMap { index, node in
            scalar(node, path: dotted(key) + ".\(index)", name: "an item of '\(key)'", parse)
        }
    }

    /// The values of a key that holds one value or a list of them.
    package func oneOrMore<Value>(_ key: String, _ parse: (String) throws -> Value) -> [Value] {
        guard let node = values[key] else { return [] }
        if case .scalar = node { return optional(key, parse).map { [$0] } ?? [] }
        return list(key, required: true, parse)
    }

    /// A mapping whose keys are free names, with those names in the order of the file.
    package func freeMapping(_ key: String) -> (mapping: YAMLMapping, names: [String])? {
        guard let node = values[key] else {
            reportMissing(key)
            return nil
        }
        guard case .mapping(let pairs) = node else {
            return reader.mapping(node, what: "'\(key)'", path: dotted(key), keys: []).map { ($0, []) }
        }
        let names = pairs.compactMap { pair in
            scalar(pair.key, path: nil, name: "a name below '\(key)'") { (text: String) in text }
        }
        let mapping = YAMLMapping(
            reader: reader, path: dotted(key), mark: node.mark, what: "'\(key)'", pairs: pairs, keys: names)
        return (mapping, names)
    }

    /// The values of a mapping whose keys are free names, in the order of the file.
    package func table<Name, Value>(
        _ key: String, name parseName: (String) throws -> Name, value parseValue: (String) throws -> Value
    ) -> [(Name, Value)] {
        guard let node = values[key] else { return [] }
        guard case .mapping(let pairs) = node else {
            if reader.reportConfusable(node) { return [] }
            reader.report(
                "config.wrongType", "'\(key)' is a list of 'name: value', not \(YAMLReader.kind(of: node))",
                at: node.mark, remedy: "write a name, a colon and a value on each line below it")
            return []
        }
        return pairs.compactMap { pair in
            guard let name = scalar(pair.key, path: nil, name: "a name below '\(key)'", parseName) else { return nil }
            let label = pair.key.string ?? ""
            guard let value = scalar(pair.value, path: dotted(key) + "." + label, name: "'\(label)'", parseValue)
            else { return nil }
            return (name, value)
        }
    }

    package func report(_ code: Failure.Code, _ message: String, key: String? = nil, remedy: String) {
        reader.report(code, message, at: mark(of: key), remedy: remedy)
    }

    /// Records a value of a key that is not written as the program's own.
    package func record(_ key: String, default text: String) {
        reader.record(dotted(key), text, at: nil)
    }

    /// Reports names that stand more than once in the list of a key.
    package func checkUnique(_ names: [String], key: String) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            report(
                "config.duplicateName", "'\(name)' stands twice in '\(key)'", key: key,
                remedy: "give each its own name, or take one out")
        }
    }

    private func dotted(_ key: String) -> String {
        path.isEmpty ? key : path + "." + key
    }

    private func items(_ key: String, required: Bool) -> [(Int, Yams.Node)] {
        guard let node = values[key] else {
            if required { reportMissing(key) }
            return []
        }
        guard case .sequence(let sequence) = node else {
            if reader.reportConfusable(node) { return [] }
            reader.report(
                "config.wrongType", "'\(key)' is a list, not \(YAMLReader.kind(of: node))", at: node.mark,
                remedy: "begin each item with '- ' on a line of its own, or write them between [ and ]")
            return []
        }
        if required, sequence.isEmpty {
            reader.report(
                "config.missingValue", "'\(key)' is empty", at: node.mark, remedy: "write at least one item")
        }
        return Array(sequence.enumerated()).map { ($0.offset, $0.element) }
    }

    private func scalar<Value>(
        _ node: Yams.Node, path: String?, name: String, _ parse: (String) throws -> Value
    ) -> Value? {
        guard case .scalar(let scalar) = node else {
            reader.report(
                "config.wrongType", "\(name) is a single value, not \(YAMLReader.kind(of: node))", at: node.mark,
                remedy: "write the value after the colon")
            return nil
        }
        guard !scalar.string.isEmpty, scalar.style != .plain || scalar.string != "~" else {
            reader.report(
                "config.missingValue", "\(name) has no value", at: node.mark,
                remedy: "write a value, or take the key out")
            return nil
        }
        if scalar.style == .plain, let (message, remedy) = Confusables.opening(of: scalar.string) {
            reader.report("config.wrongCharacter", message, at: node.mark, remedy: remedy)
            return nil
        }
        do {
            let value = try parse(scalar.string)
            if let path { reader.record(path, scalar.string, at: node.mark) }
            return value
        } catch {
            if let (message, remedy) = Confusables.reason(of: scalar.string, isRight: { (try? parse($0)) != nil }) {
                reader.report("config.wrongCharacter", "\(name): \(message)", at: node.mark, remedy: remedy)
            } else {
                reader.report(error, at: node.mark)
            }
            return nil
        }
    }

    private func reportMissing(_ key: String) {
        reader.report(
            "config.missingKey", "\(what) has no '\(key)'", at: mark, remedy: "add '\(key): …' to it")
    }

    private static func reportUnknown(_ key: Yams.Node, of what: String, keys: [String], to reader: YAMLReader) {
        let text = key.string ?? ""
        if let (message, remedy) = Confusables.reason(of: text) {
            reader.report("config.wrongCharacter", message, at: key.mark, remedy: remedy)
            return
        }
        let remedy = Spelling.remedy(for: text, among: keys, else: "its keys are: " + keys.joined(separator: ", "))
        reader.report("config.unknownKey", "\(what) has no key \(NameForm.shown(text))", at: key.mark, remedy: remedy)
    }
}
