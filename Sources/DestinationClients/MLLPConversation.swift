import Effects
import HL7
import NIOCore
import NIOTLS

/// One connection to a system: asks, and hands over what answers.
struct MLLPConversation: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<MLLPAnswerHandler>

    init(_ channel: any Channel) async throws {
        self.channel = channel
        handler = try await channel.eventLoop.submit {
            NIOLoopBound(
                try channel.pipeline.syncOperations.handler(type: MLLPAnswerHandler.self), eventLoop: channel.eventLoop)
        }.get()
    }

    var isOpen: Bool { channel.isActive }

    func close() { channel.close(promise: nil) }

    /// Sends a frame and waits for the acknowledgement of the message of that control id.
    ///
    /// - Throws: where the connection ends before it comes; ``MLLPUnsecured`` where nothing of the message has gone.
    func ask(_ frame: [UInt8], id: String) async throws -> [UInt8] {
        let answer = channel.eventLoop.makePromise(of: [UInt8].self)
        let (channel, handler) = (channel, handler)
        channel.eventLoop.execute {
            handler.value.expect(id, answer)
            channel.writeAndFlush(ByteBuffer(bytes: frame)).whenFailure { handler.value.fail($0) }
        }
        return try await answer.futureResult.get()
    }
}

/// Finds the acknowledgement that somebody waits for in what comes; others are passed over.
final class MLLPAnswerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var decoder = MLLPDecoder(limitBytes: Limits.deliveryAnswerBytes)
    private var expected: (id: String, answer: EventLoopPromise<[UInt8]>)?
    private var isOver = false
    /// Whether a message goes as soon as it is written: TLS is set up, or there is none.
    private var isReady: Bool

    init(isReady: Bool) { self.isReady = isReady }

    func expect(_ id: String, _ answer: EventLoopPromise<[UInt8]>) {
        guard !isOver else { return answer.fail(isReady ? ChannelError.eof : MLLPUnsecured()) }
        expected?.answer.fail(ChannelError.eof)
        expected = (id, answer)
    }

    func fail(_ error: any Error) {
        expected?.answer.fail(isReady ? error : MLLPUnsecured())
        expected = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { isReady = true }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            for byte in unwrapInboundIn(data).readableBytesView {
                if let frame = try decoder.feed(byte) { take(frame.bytes) }
            }
            // Systems that leave out the last CR wait for the next message then; it is an answer all the same.
            var ended = decoder
            if let frame = ended.end() { take(frame.bytes) }
            guard decoder.skippedBytes <= Limits.deliveryAnswerBytes else { return context.close(promise: nil) }
        } catch {
            fail(error)
            context.close(promise: nil)
        }
    }

    private func take(_ bytes: [UInt8]) {
        guard let waiting = expected, MLLPAcknowledgement.isAnswer(bytes, to: waiting.id) else { return }
        expected = nil
        waiting.answer.succeed(bytes)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOver = true
        fail(ChannelError.eof)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error)
        context.close(promise: nil)
    }
}

/// A connection ended before TLS was set up: the system has nothing of the message.
struct MLLPUnsecured: Error {}
