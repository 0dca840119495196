import Effects
import HL7
import NIOCore
import NIOPosix

/// A hospital system's side of MLLP: sends messages over one connection, each after the answer to the one before.
package struct MLLPSender: Sendable {
    private let host: String
    private let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Sends the messages in their order.
    ///
    /// - Parameter onAnswer: called with each message's position and the acknowledgement code (MSA-1).
    /// - Throws: `demo.noAnswer` where the listener closes before it has answered everything.
    package func send(
        _ messages: [[UInt8]], onAnswer: @escaping @Sendable (Int, String) -> Void
    ) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.socketOption(.so_reuseaddr), value: 1)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            var decoder = MLLPDecoder(limitBytes: Limits.hl7MessageBytes)
            var chunks = inbound.makeAsyncIterator()
            var answered: [[UInt8]] = []
            for (position, message) in messages.enumerated() {
                try await outbound.write(ByteBuffer(bytes: MLLPEncoder.frame(message)))
                guard Self.wantsAnswer(message) else {
                    onAnswer(position, "")
                    continue
                }
                while answered.isEmpty {
                    guard let chunk = try await chunks.next() else {
                        throw Failure("demo.noAnswer", "the MLLP listener closed before it answered")
                    }
                    try decoder.feed(Array(chunk.readableBytesView)) { answered.append($0) }
                }
                onAnswer(position, Self.code(of: answered.removeFirst()))
            }
        }
    }

    /// MSH-15 and MSH-16 may say that no answer is wanted.
    private static func wantsAnswer(_ message: [UInt8]) -> Bool {
        guard let parsed = try? HL7Message.parse(message, defaultEncoding: .utf8) else { return true }
        return !HL7AcknowledgementMode(of: parsed).codes(for: .accepted).isEmpty
    }

    private static func code(of answer: [UInt8]) -> String {
        let message = try? HL7Message.parse(answer, defaultEncoding: .utf8)
        return message?.segment("MSA")?.field(1).text ?? ""
    }
}
