import Console
import Foundation

/// What the demo ends with: one JSON object, one line.
struct DemoOutcome: Encodable {
    struct Node: Encodable {
        var id: String
        var tier: String
        var entries: Int
        var batches: Int
        var bytesRaw: Int
        var bytesCompressed: Int
        var refused: Int
    }

    var nodes: [Node]
    var messages: Int
    var refused: Int
    var seconds: Double
    /// What scenes leave.
    var scenes: [String: any Encodable & Sendable]

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { return nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (name, value) in scenes { try container.encode(value, forKey: Key(name)) }
        try container.encode(nodes, forKey: Key("nodes"))
        try container.encode(messages, forKey: Key("messages"))
        try container.encode(refused, forKey: Key("refused"))
        try container.encode(nodes.reduce(0) { $0 + $1.bytesRaw }, forKey: Key("bytesRaw"))
        try container.encode(nodes.reduce(0) { $0 + $1.bytesCompressed }, forKey: Key("bytesCompressed"))
        try container.encode(seconds, forKey: Key("seconds"))
    }

    func line() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
