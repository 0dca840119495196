package import Effects
import Synchronization

/// Sends messages to their nodes through the real edges: HL7 v2 over MLLP, FHIR over HTTPS.
///
/// Each node is fed over several connections at once, as its systems would; messages of one order go over the same
/// connection, so that a final report never overtakes its preliminary one.
package struct MessageFeeder: Sendable {
    /// A message on its way.
    package struct Item: Sendable {
        package var node: String
        package var isHL7: Bool
        package var bytes: [UInt8]
        /// Messages with the same key keep their order.
        package var orderKey: String

        package init(node: String, isHL7: Bool, bytes: [UInt8], orderKey: String) {
            self.node = node
            self.isHL7 = isHL7
            self.bytes = bytes
            self.orderKey = orderKey
        }

        /// How many reports the message holds: OBR segments, or resources of that type.
        package var reportCount: Int {
            let text = String(decoding: bytes, as: UTF8.self)
            guard isHL7 else { return max(1, text.split(separator: "\"DiagnosticReport\"").count - 1) }
            return text.split { $0.isNewline }.count { $0.hasPrefix("OBR|") }
        }
    }

    /// What became of the messages of one node.
    package struct Count: Sendable {
        package var total = 0
        package var sent = 0
        package var taken = 0
        package var refused = 0
    }

    let nodes: [DemoNode]
    let connectionsPerNode: Int
    private let counts = MessageCounts()

    package init(nodes: [DemoNode], connectionsPerNode: Int = 6) {
        self.nodes = nodes
        self.connectionsPerNode = connectionsPerNode
    }

    /// What has become of the messages so far, by node.
    package var progress: [String: Count] { counts.all }

    /// Sends everything; returns when every message is answered.
    package func feed(_ items: [Item], world: World) async throws {
        let byNode = Dictionary(grouping: items, by: \.node)
        for (node, items) in byNode { counts.expect(items.count, at: node) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for node in nodes {
                guard let items = byNode[node.id] else { continue }
                for part in Self.parts(items, connectionsPerNode) {
                    group.addTask { try await self.send(part, to: node, world: world) }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func parts(_ items: [Item], _ count: Int) -> [[Item]] {
        var parts = [[Item]](repeating: [], count: count)
        for item in items {
            let number = item.orderKey.utf8.reduce(UInt32(5381)) { ($0 &* 33) ^ UInt32($1) }
            parts[Int(number % UInt32(count))].append(item)
        }
        return parts.filter { !$0.isEmpty }
    }

    private func send(_ items: [Item], to node: DemoNode, world: World) async throws {
        let counts = counts
        var index = 0
        let fhir = try await Self.fhirSender(for: node, needed: items.contains { !$0.isHL7 }, world: world)
        do {
            while index < items.count {
                if items[index].isHL7 {
                    let run = items[index...].prefix { $0.isHL7 }.map(\.bytes)
                    guard let listener = node.addresses.mllp.first else {
                        throw Failure("demo.noListener", "the node has no MLLP listener", place: node.id)
                    }
                    let (host, port) = try Self.split(listener.address)
                    try await MLLPSender(host: host, port: port).send(run) { _, code in
                        counts.answered(at: node.id, isTaken: code == "" || code == "AA" || code == "CA")
                    }
                    index += run.count
                } else {
                    let status = try await fhir?.post(items[index].bytes) ?? 0
                    counts.answered(at: node.id, isTaken: (200..<300).contains(status))
                    index += 1
                }
            }
        } catch {
            try? await fhir?.close()
            throw error
        }
        try await fhir?.close()
    }

    private static func fhirSender(for node: DemoNode, needed: Bool, world: World) async throws -> FHIRSender? {
        guard needed else { return nil }
        guard let url = node.fhirURL else {
            throw Failure("demo.noListener", "the node has no HTTPS listener", place: node.id)
        }
        let token = try world.disk.readText(node.tokenFile).trimmingPrefix { $0.isWhitespace }
        let clean = String(token.prefix { !$0.isWhitespace })
        return try FHIRSender(baseURL: url, token: clean, authorityFile: node.authorityFile)
    }

    static func split(_ address: String) throws -> (String, Int) {
        guard let colon = address.lastIndex(of: ":"), let port = Int(address[address.index(after: colon)...]) else {
            throw Failure("demo.badAddress", "a node wrote an address without a port", place: address)
        }
        return (String(address[..<colon]), port)
    }
}

/// Counts messages by node while many connections send.
final class MessageCounts: Sendable {
    private let counts = Mutex<[String: MessageFeeder.Count]>([:])

    var all: [String: MessageFeeder.Count] { counts.withLock { $0 } }

    func expect(_ number: Int, at node: String) {
        counts.withLock { $0[node, default: MessageFeeder.Count()].total += number }
    }

    func answered(at node: String, isTaken: Bool) {
        counts.withLock { counts in
            counts[node, default: MessageFeeder.Count()].sent += 1
            if isTaken {
                counts[node]?.taken += 1
            } else {
                counts[node]?.refused += 1
            }
        }
    }
}
