import NIOCore
import NIOPosix

/// A hospital system that sends one HL7 v2 message and reads the answer.
enum MLLPClient {
    static func send(_ message: String, host: String, port: Int) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: [0x0B] + Array(message.utf8) + [0x1C, 0x0D]))
            var answer: [UInt8] = []
            for try await part in inbound {
                answer += Array(part.readableBytesView)
                if answer.suffix(2) == [0x1C, 0x0D] { break }
            }
            return String(decoding: answer.dropFirst().dropLast(2), as: UTF8.self)
        }
    }
}
