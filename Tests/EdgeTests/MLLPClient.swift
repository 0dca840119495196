import HL7
import NIOCore
import NIOPosix
import NIOSSL
import Regions

/// What a hospital's system does on the other end of an MLLP connection.
enum MLLPClient {
    /// Sends pieces, each by itself, and reads until `count` answers have come, or the one to the message `last`, or the
    /// node closes the connection.
    static func exchange(
        _ pieces: [[UInt8]], with address: NetworkAddress, count: Int, tls: NIOSSLContext? = nil,
        closesSending: Bool = false, until last: String? = nil
    ) async throws -> [[UInt8]] {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: address.host, port: Int(address.port)) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            try NIOSSLClientHandler(context: tls, serverHostname: nil))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            for piece in pieces { try await outbound.write(ByteBuffer(bytes: piece)) }
            if closesSending { outbound.finish() }
            var decoder = MLLPDecoder()
            var answers: [[UInt8]] = []
            guard count > 0 else { return answers }
            for try await buffer in inbound {
                try decoder.feed(buffer.readableBytesView) { answers.append($0) }
                if answers.count >= count { break }
                if let last, answers.contains(where: { code($0).hasSuffix(" " + last) }) { break }
            }
            return answers
        }
    }

    static func code(_ answer: [UInt8]) -> String {
        let lines = String(decoding: answer, as: UTF8.self).split(separator: "\r")
        let fields = lines.first { $0.hasPrefix("MSA") }?.split(separator: "|", omittingEmptySubsequences: false)
        return fields.map { $0[1] + " " + ($0.count > 2 ? $0[2] : "") } ?? "none"
    }
}
