import Console
import Demo
import Effects
import Foundation
import Synchronization

/// The hospital systems beside the nodes: they send, and what was not answered they send again.
final class Hospital: Sendable {
    /// A report version that a node acknowledged.
    struct Acknowledged: Sendable, Hashable {
        var node: String
        var orderNumber: String
        var version: ReportVersion
        var identityNumber: String
    }

    private struct State {
        var acknowledged: Set<Acknowledged> = []
        var answered = 0
        var refused: [String] = []
        var brokenConnections = 0
    }

    private let cluster: Cluster
    private let state = Mutex(State())

    init(_ cluster: Cluster) {
        self.cluster = cluster
    }

    var acknowledged: Set<Acknowledged> { state.withLock { $0.acknowledged } }
    var answered: Int { state.withLock { $0.answered } }
    /// What came back besides AA and 201.
    var refused: [String] { state.withLock { $0.refused } }
    var brokenConnections: Int { state.withLock { $0.brokenConnections } }

    /// Sends every message, over three connections for each node; returns when all are answered.
    ///
    /// Messages of one order go over one connection, one after the other's answer.
    func send(_ messages: [GeneratedMessage]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (_, part) in Dictionary(grouping: messages, by: Self.connection) {
                group.addTask { try await self.sendInOrder(part) }
            }
            try await group.waitForAll()
        }
    }

    /// Waits until so many messages are answered; looks often, so that an import is still under way then.
    func wait(forAnswers count: Int) async throws {
        let deadline = cluster.world.time.monotonicTime.advanced(byMilliseconds: 60_000)
        while answered < count {
            guard cluster.world.time.monotonicTime < deadline else {
                throw Failure("test.tooLate", "\(answered) of \(count) messages were answered within 60 s")
            }
            try await cluster.world.time.sleep(milliseconds: 2)
        }
    }

    private struct Connection: Hashable {
        var node: String
        var number: Int
    }

    private static func connection(_ message: GeneratedMessage) -> Connection {
        let number = message.orderNumber.utf8.reduce(0) { $0 &+ Int($1) } % 3
        return Connection(node: message.node, number: number)
    }

    private func sendInOrder(_ messages: [GeneratedMessage]) async throws {
        var next = 0
        let deadline = cluster.world.time.monotonicTime.advanced(byMilliseconds: 120_000)
        while next < messages.count {
            let rest = messages[next...]
            let count = Mutex(0)
            do {
                let node = try cluster.stage.node(messages[next].node)
                if messages[next].format == .hl7 {
                    let run = Array(rest.prefix { $0.format == .hl7 })
                    try await Self.sender(to: node).send(run.map(\.bytes)) { position, code in
                        count.withLock { $0 += 1 }
                        self.note(run[position], answer: code, isTaken: code == "AA")
                    }
                } else {
                    let status = try await post(messages[next].bytes, to: node)
                    // While a node starts again, another listener may have its old port, which knows no token of hospitals. One
                    // that goes on to refuse the token ends this at the deadline.
                    guard status != 401 else {
                        throw Failure("test.otherListener", "the token is nobody's at this port", place: node.id)
                    }
                    count.withLock { $0 = 1 }
                    note(messages[next], answer: "\(status)", isTaken: (200..<300).contains(status))
                }
            } catch let error where !(error is CancellationError) {
                // The node is down, or went down under the connection: its systems try again.
                state.withLock { $0.brokenConnections += 1 }
                guard cluster.world.time.monotonicTime < deadline else { throw error }
                try await cluster.world.time.sleep(milliseconds: 50)
            }
            next += count.withLock { $0 }
        }
    }

    private func note(_ message: GeneratedMessage, answer: String, isTaken: Bool) {
        state.withLock { state in
            state.answered += 1
            guard isTaken else {
                state.refused.append("\(message.messageID): \(answer)")
                return
            }
            state.acknowledged.insert(
                Acknowledged(
                    node: message.node, orderNumber: message.orderNumber, version: message.version,
                    identityNumber: Self.identityNumber(in: message.bytes)))
        }
    }

    /// The number of a person who cannot exist: it begins with 999999.
    private static func identityNumber(in bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let start = text.range(of: "999999[0-9]{11}[0-9X]", options: .regularExpression) else { return "" }
        return String(text[start])
    }

    static func sender(to node: DemoNode) throws -> MLLPSender {
        let parts = (node.addresses.mllp.first?.address ?? "").split(separator: ":")
        guard parts.count == 2, let port = Int(parts[1]) else {
            throw Failure("test.noListener", "the node has no MLLP listener", place: node.id)
        }
        return MLLPSender(host: String(parts[0]), port: port)
    }

    private func post(_ bytes: [UInt8], to node: DemoNode) async throws -> Int {
        guard let url = node.fhirURL else {
            throw Failure("test.noListener", "the node has no HTTPS listener", place: node.id)
        }
        let token = try cluster.world.disk.readText(node.tokenFile).filter { !$0.isWhitespace }
        let sender = try FHIRSender(baseURL: url, token: token, authorityFile: node.authorityFile)
        let result: Result<Int, any Error>
        do { result = .success(try await sender.post(bytes)) } catch { result = .failure(error) }
        try? await sender.close()
        return try result.get()
    }
}
