/// The words on the command line of an echo peer: `serve --certs DIR`, or
/// `call --certs DIR --port P --size BYTES --inflight N --seconds S`, and whatever a peer adds.
package struct EchoOptions: Sendable {
    package let isServer: Bool
    private let values: [String: String]

    package init(_ words: [String]) throws {
        guard let verb = words.first, verb == "serve" || verb == "call" else { throw EchoError("say serve or call") }
        isServer = verb == "serve"
        var values: [String: String] = [:]
        var rest = words.dropFirst()
        while let name = rest.popFirst() {
            guard name.hasPrefix("--"), let value = rest.popFirst() else { throw EchoError("\(name) has no value") }
            values[String(name.dropFirst(2))] = value
        }
        self.values = values
    }

    package func text(_ name: String, default given: String? = nil) throws -> String {
        guard let value = values[name] ?? given else { throw EchoError("--\(name) is missing") }
        return value
    }

    package func number(_ name: String, default given: Int? = nil, in range: ClosedRange<Int>) throws -> Int {
        let word = try text(name, default: given.map(String.init))
        guard let value = Int(word), range.contains(value) else { throw EchoError("--\(name) is out of its range") }
        return value
    }
}

package struct EchoError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
