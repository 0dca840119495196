import Effects
import HL7
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A hospital's system that really listens for HL7 v2 over MLLP, at a port of the system's choice.
final class HospitalReceiver: Sendable {
    /// What it does with a message.
    enum Behaviour: Sendable {
        /// Answers with a code of MSA-1.
        case answers(String)
        /// Takes the message and closes the connection before it answers: a crash.
        case hangsUp
        /// Answers another message first, and an empty frame.
        case answersOthersFirst
        /// Closes the connection over messages that hold a text, and takes all others.
        case hangsUpOver(String)
        /// Answers with bytes of its own; `#` stands for the control id, `<` and `>` for the frame's marks.
        case says(String)
        /// As one who answers, byte by byte.
        case drips(String)
        /// Ends its own side and goes on reading.
        case halfCloses
    }

    private let behaviour: Mutex<Behaviour>
    private let messages = Mutex<[[UInt8]]>([])
    private let connections = Mutex(0)
    private let channel: any Channel

    private init(_ channel: any Channel, _ first: Behaviour) {
        self.channel = channel
        behaviour = Mutex(first)
    }

    var port: UInt16 { UInt16(clamping: channel.localAddress?.port ?? 0) }
    /// What came, in its order.
    var came: [[UInt8]] { messages.withLock { $0 } }
    var connectionCount: Int { connections.withLock { $0 } }

    func behaves(_ new: Behaviour) { behaviour.withLock { $0 = new } }

    /// Listens while `body` runs.
    static func run<Value>(
        _ first: Behaviour = .answers("AA"), tls: NIOSSLContext? = nil, _ body: (HospitalReceiver) async throws -> Value
    ) async throws -> Value {
        let box = Box()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let receiver = box.receiver.withLock({ $0 }) else { return }
                    receiver.connections.withLock { $0 += 1 }
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    }
                    try channel.pipeline.syncOperations.addHandler(Handler(receiver))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let receiver = HospitalReceiver(channel, first)
        box.receiver.withLock { $0 = receiver }
        let result: Result<Value, any Error>
        do { result = .success(try await body(receiver)) } catch { result = .failure(error) }
        try await channel.close()
        return try result.get()
    }

    private final class Box: Sendable {
        let receiver = Mutex<HospitalReceiver?>(nil)
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let receiver: HospitalReceiver
        private var decoder = MLLPDecoder()

        init(_ receiver: HospitalReceiver) { self.receiver = receiver }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            for byte in unwrapInboundIn(data).readableBytesView {
                guard let frame = try? decoder.feed(byte) else { continue }
                receiver.messages.withLock { $0.append(frame.bytes) }
                answer(frame.bytes, context)
            }
        }

        private func answer(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
            let id = HL7Message.headerAlone(of: bytes)?.controlID ?? ""
            switch receiver.behaviour.withLock({ $0 }) {
            case .hangsUp: context.close(promise: nil)
            case .hangsUpOver(let text):
                if String(decoding: bytes, as: UTF8.self).contains(text) { return context.close(promise: nil) }
                send(acknowledgement("AA", id), context)
            case .says(let text): write(Self.bytes(text, id), context)
            case .drips(let code):
                for byte in MLLPEncoder.frame(Array(acknowledgement(code, id).utf8)) { write([byte], context) }
            case .halfCloses: context.close(mode: .output, promise: nil)
            case .answers(let code): send(acknowledgement(code, id), context)
            case .answersOthersFirst:
                send("", context)
                send(acknowledgement("AR", "ANOTHER"), context)
                send(acknowledgement("AA", id), context)
            }
        }

        private func acknowledgement(_ code: String, _ id: String) -> String {
            "MSH|^~\\&|HIS|HILL|YILIAN|HILL|20261130||ACK^R01^ACK|A1|P|2.5.1\rMSA|\(code)|\(id)|稍后再试\r"
                + (code == "AA" ? "" : "ERR|||\(code.hasSuffix("R") ? "204" : "207")^错误^HL70357|E||||数据库忙\r")
        }

        private static func bytes(_ text: String, _ id: String) -> [UInt8] {
            text.replacing("#", with: id).utf8.map { byte in
                switch byte {
                case UInt8(ascii: "<"): MLLPDecoder.start
                case UInt8(ascii: ">"): MLLPDecoder.end
                default: byte
                }
            }
        }

        private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
            context.channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
        }

        private func send(_ text: String, _ context: ChannelHandlerContext) {
            context.channel.writeAndFlush(ByteBuffer(bytes: MLLPEncoder.frame(Array(text.utf8))), promise: nil)
        }
    }
}
