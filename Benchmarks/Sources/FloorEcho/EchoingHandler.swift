import NIOCore

/// Sends every whole frame back, and flushes after so many frames, so that both ends work at the same time.
final class EchoingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let flushFrames: Int
    private var pending = ByteBuffer()

    init(flushFrames: Int) {
        self.flushFrames = flushFrames
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        pending.append(unwrapInboundIn(data))
        var frames = 0
        var bytes = 0
        while let length = pending.frameLength(after: bytes) {
            frames += 1
            bytes += length
            if frames == flushFrames || bytes > CallingHandler.flushBytes {
                send(bytes, context)
                (frames, bytes) = (0, 0)
            }
        }
        if bytes > 0 { send(bytes, context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Whole frames go back as one piece, and so as few TLS records as they fit into.
    private func send(_ bytes: Int, _ context: ChannelHandlerContext) {
        guard let frames = pending.readSlice(length: bytes) else { return }
        context.writeAndFlush(wrapOutboundOut(frames), promise: nil)
    }
}

extension ByteBuffer {
    /// Adds bytes; takes them over where nothing is left of those before.
    mutating func append(_ bytes: ByteBuffer) {
        if readableBytes == 0 {
            self = bytes
        } else {
            var bytes = bytes
            discardReadBytes()
            writeBuffer(&bytes)
        }
    }

    /// The length of the whole frame that begins so many bytes further, if it is there.
    func frameLength(after offset: Int) -> Int? {
        guard let length = getInteger(at: readerIndex + offset, as: UInt32.self), length <= 1 << 20,
            readableBytes >= offset + 4 + Int(length)
        else { return nil }
        return 4 + Int(length)
    }
}
