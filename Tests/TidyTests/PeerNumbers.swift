/// Where a number that a peer wrote enters the program.
///
/// Every integer of a module's `.proto` files is known by its Swift name. A file that reads messages may use one only
/// inside a `PeerNumber.…(…)`, which bounds it or says that nobody computes with it. So that a message is recognised, it
/// is called `message` or `part` wherever it is read.
struct PeerNumbers {
    /// The Swift names of the integer fields, and of fields that are no integers, by the folder of their `.proto` file.
    let fields: [String: (integers: Set<String>, others: Set<String>)]

    /// - Parameter protos: paths and texts.
    init(protos: [(path: String, text: String)]) {
        var fields: [String: (integers: Set<String>, others: Set<String>)] = [:]
        for proto in protos {
            let folder = proto.path.split(separator: "/").dropLast().joined(separator: "/")
            for (name, isInteger) in Self.names(in: proto.text) {
                if isInteger {
                    fields[folder, default: ([], [])].integers.insert(name)
                } else {
                    fields[folder, default: ([], [])].others.insert(name)
                }
            }
        }
        self.fields = fields
    }

    private static let types: Set<String> = [
        "uint32", "uint64", "int32", "int64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64",
    ]

    /// The fields in the text of a `.proto` file, as the generator writes them.
    static func names(in text: String) -> [(name: String, isInteger: Bool)] {
        text.split(separator: "\n").compactMap { line in
            let code = line.prefix { $0 != "/" }
            let words = code.split { " \t;".contains($0) }.map(String.init)
            if words.count > 1, words[0] == "oneof" { return (words[1], false) }
            guard let equals = words.firstIndex(of: "="), equals >= 2, words.count > equals + 1,
                Int(words[equals + 1]) != nil
            else { return nil }
            let parts = words[equals - 1].split(separator: "_")
            let name = parts.dropFirst().reduce(String(parts.first ?? "")) { name, part in
                name + (part == "id" ? "ID" : part.prefix(1).uppercased() + part.dropFirst())
            }
            return (name, types.contains(words[equals - 2]))
        }
    }

    /// What the messages of a file can hold: links and calls read those of the wire.
    private func known(in file: SwiftFile) -> (integers: Set<String>, others: Set<String>) {
        let folders = fields.keys.filter { file.path.hasPrefix($0 + "/") }
        let isOnTheWire = ["Sources/Links/", "Sources/Calls/"].contains { file.path.hasPrefix($0) }
        let all = folders + (isOnTheWire ? ["Sources/Wire"] : [])
        return all.compactMap { fields[$0] }.reduce(([], [])) { ($0.0.union($1.integers), $0.1.union($1.others)) }
    }

    private static let rule = "peer's number"
    private static let readers: Set<String> = ["message", "part", "$0"]
    private static let rawReads: Set<String> = ["integer", "integer32", "fixed64"]

    func violations(in file: SwiftFile) -> [Violation] {
        guard file.path.hasPrefix("Sources/"), !file.path.hasPrefix("Sources/Wire/Protobuf"),
            !file.path.hasPrefix("Sources/Wire/CallHead")
        else { return [] }
        let tokens = file.tokens
        guard tokens.contains(where: { Self.isMessageType($0.text) || $0.text == "ProtobufReader" }) else { return [] }
        let known = known(in: file)
        return tokens.indices.flatMap { index -> [Violation] in
            [unboundRead(tokens, at: index, known), rawRead(tokens, at: index), otherName(tokens, at: index)].compactMap
            { $0 }
            .map { Violation(file.path, line: tokens[index].line, rule: Self.rule, $0) }
        }
    }

    /// `message.sequence`, and not as the argument of a `PeerNumber` nor as what is assigned to.
    private func unboundRead(
        _ tokens: [Token], at index: Int, _ known: (integers: Set<String>, others: Set<String>)
    ) -> String? {
        let name = tokens[index].text
        guard known.integers.contains(name), index >= 2, tokens[index - 1].text == "." else { return nil }
        var start = index
        while start >= 2, tokens[start - 1].text == ".", tokens[start - 2].isWord { start -= 2 }
        // A list has a count as well, and some names are numbers in one message and texts in another.
        if name == "count", start != index - 2 { return nil }
        if known.others.contains(name), !isConverted(tokens, before: start) { return nil }
        guard Self.readers.contains(tokens[start].text), !isAssigned(tokens, after: index),
            !isBounded(tokens, before: start)
        else { return nil }
        return "`\(tokens[start].text).\(name)` is read as it stands: bound it with PeerNumber"
    }

    /// `Int(`, `WallTime(milliseconds:` and their like.
    private func isConverted(_ tokens: [Token], before start: Int) -> Bool {
        guard start >= 2 else { return false }
        if tokens[start - 1].text == "(" {
            return ["Int", "Int64", "UInt64", "UInt32", "Double"].contains(tokens[start - 2].text)
        }
        return tokens[start - 1].text == ":"
            && ["milliseconds", "clamping", "exactly"].contains(tokens[start - 2].text)
    }

    /// `reader.integer(field)` outside of a `PeerNumber`.
    private func rawRead(_ tokens: [Token], at index: Int) -> String? {
        guard Self.rawReads.contains(tokens[index].text), index >= 2, index + 2 < tokens.count,
            tokens[index - 1].text == ".", tokens[index - 2].text == "reader", tokens[index + 1].text == "(",
            tokens[index + 2].text == "field", !isBounded(tokens, before: index - 2)
        else { return nil }
        return "`reader.\(tokens[index].text)` is read as it stands: use `count` or `time`, or PeerNumber.label"
    }

    /// A message that is read under a name by which nobody recognises it.
    private func otherName(_ tokens: [Token], at index: Int) -> String? {
        guard Self.isMessageType(tokens[index].text), index >= 2 else { return nil }
        let isParameter = tokens[index - 1].text == ":" && tokens[index - 2].isWord
        if isParameter, !Self.readers.contains(tokens[index - 2].text), index >= 3,
            ["(", ",", "wire", "recognitionWire", "message", "readBy", "_"].contains(
                tokens[index - 3].text)
        {
            return "the message \(tokens[index - 2].text) is called `message` or `part` where it is read"
        }
        guard index + 2 < tokens.count, tokens[index + 1].text == "(", tokens[index + 2].text == "serializedBytes"
        else { return nil }
        var before = index - 1
        while before > 0, ["try", "?", "="].contains(tokens[before].text) { before -= 1 }
        let isNamed = tokens[before].isWord && before >= 1 && ["let", "var"].contains(tokens[before - 1].text)
        guard isNamed, !Self.readers.contains(tokens[before].text) else { return nil }
        return "the message \(tokens[before].text) is called `message` or `part` where it is read"
    }

    private func isAssigned(_ tokens: [Token], after index: Int) -> Bool {
        guard index + 1 < tokens.count, tokens[index + 1].text == "=" else { return false }
        return index + 2 >= tokens.count || tokens[index + 2].text != "=" || !tokens[index + 2].isGlued
    }

    private func isBounded(_ tokens: [Token], before start: Int) -> Bool {
        // PeerNumber . word ( [Int ( limit ) ,] here: the nearest open parenthesis, or the one around the first argument.
        var depth = 0
        var index = start - 1
        while index >= 3, start - index < 24 {
            switch tokens[index].text {
            case ")": depth += 1
            case "(" where depth > 0: depth -= 1
            case "(":
                return tokens[index - 1].isWord && tokens[index - 2].text == "."
                    && tokens[index - 3].text == "PeerNumber"
            case "{", "}", ";": return false
            default: break
            }
            index -= 1
        }
        return false
    }

    private static func isMessageType(_ word: String) -> Bool {
        word.hasPrefix("PB") && word.dropFirst(2).first?.isUppercase == true
    }
}
