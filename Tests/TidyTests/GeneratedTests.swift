import Testing

@Suite("What is generated from the .proto files")
struct GeneratedTests {
    /// A message as its `.proto` declares it.
    private struct Message {
        var name: String
        var fields: [String]
        var numbers: Set<String>
    }

    /// The messages of a `.proto` file, with the names that the generator gives them.
    private static func messages(in proto: String) -> [Message] {
        let prefix = proto.firstMatch(of: #/swift_prefix = "(\w+)"/#).map { String($0.1) } ?? ""
        return proto.matches(of: #/\nmessage (\w+) \{(|\n.*?\n)\}\n/#.dotMatchesNewlines()).map { match in
            let body = String(match.2)
            let code = body.split(separator: "\n").filter { !$0.contains("reserved") }.map { $0.prefix { $0 != "/" } }
            let numbers = code.flatMap { line in line.matches(of: #/= (\d+)/#).map { String($0.1) } }
            return Message(
                name: prefix + match.1, fields: PeerNumbers.names(in: body).map(\.name), numbers: Set(numbers))
        }
    }

    /// What stands between a line's beginning and the next brace at the margin.
    private static func block(_ beginning: String, in text: String) -> Substring? {
        guard let start = text.firstRange(of: beginning) else { return nil }
        let rest = text[start.lowerBound...]
        return rest.firstRange(of: "\n}\n").map { rest[..<$0.upperBound] }
    }

    @Test("holds every message and every field of its .proto, and no other; run Scripts/protobuf after a change")
    func same() throws {
        let protos = Repository.paths(below: ["Sources"], suffixes: [".proto"])
        #expect(protos.count > 10)
        for path in protos {
            let parts = path.split(separator: "/")
            let name = try #require(parts.last).dropLast(".proto".count)
            let generated = parts.dropLast().joined(separator: "/") + "/Generated/" + name + ".pb.swift"
            let text = try #require(Repository.text(generated), "\(generated)")
            let messages = Self.messages(in: try #require(Repository.text(path)))
            #expect(!messages.isEmpty, "\(path)")
            #expect(text.matches(of: #/\npackage nonisolated struct \w+: /#).count == messages.count, "\(path)")
            for message in messages {
                let place = "\(generated): \(message.name)"
                let beginning = "package nonisolated struct \(message.name): "
                let fields = try #require(Self.block(beginning, in: text), "\(place)")
                let declared = Set(fields.matches(of: #/\n  package var `?(\w+)`?: /#).map { String($0.1) })
                // The generator keeps names apart from those that it makes itself.
                let missing = message.fields.filter { !declared.contains($0) && !declared.contains($0 + "_p") }
                #expect(missing.isEmpty, "\(place)")
                let coding = try #require(
                    Self.block("nonisolated extension \(message.name): SwiftProtobuf.Message", in: text), "\(place)")
                let numbers = Set(coding.matches(of: #/case (\d+): try/#).map { String($0.1) })
                #expect(numbers == message.numbers, "\(place)")
            }
        }
    }
}
