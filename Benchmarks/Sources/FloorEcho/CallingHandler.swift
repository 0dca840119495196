import EchoLoad
import NIOCore
import NIOTLS

/// Keeps so many frames on their way and takes the time of some of them.
///
/// Answers come in the order of their questions, so that the times of asking stand in a ring. With many frames on their
/// way only every sixteenth is timed: the clock would cost more than the frame.
final class CallingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let frame: ByteBuffer
    private let inflight: Int
    private let flushFrames: Int
    private let warmUp: TimeAmount
    private let length: TimeAmount
    private let ended: EventLoopPromise<EchoTimes>
    private let timedEvery: Int
    private var pending = ByteBuffer()
    private var unsent = ByteBuffer()
    private var unflushed = 0
    private var asked = 0
    private var answered = 0
    private var ring: [Int64]
    private var times = EchoTimes()
    private var begin = NIODeadline.distantFuture
    private var end = NIODeadline.distantFuture
    private var isOver = false
    private var isCounting = false

    init(size: Int, inflight: Int, seconds: Int, flushFrames: Int, ended: EventLoopPromise<EchoTimes>) {
        var frame = ByteBufferAllocator().buffer(capacity: size + 4)
        frame.writeInteger(UInt32(size))
        frame.writeRepeatingByte(7, count: size)
        self.frame = frame
        self.inflight = inflight
        self.flushFrames = flushFrames
        self.ended = ended
        warmUp = .seconds(Int64(EchoTimes.warmUpSeconds))
        length = .seconds(Int64(seconds))
        timedEvery = inflight == 1 ? 1 : 16
        ring = Array(repeating: 0, count: inflight)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted? = event as? TLSUserEvent else { return }
        begin = .now() + warmUp
        end = begin + length
        for _ in 0..<inflight { ask(context) }
        flush(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        pending.append(unwrapInboundIn(data))
        while let length = pending.frameLength(after: 0) {
            pending.moveReaderIndex(forwardBy: length)
            guard length == frame.readableBytes else {
                ended.fail(EchoError("an answer has another length than its question"))
                return context.close(promise: nil)
            }
            note()
            if !isOver { ask(context) }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        isCounting = now >= begin
        if now >= end, !isOver {
            isOver = true
            ended.succeed(times)
        }
        flush(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ended.fail(error)
        context.close(promise: nil)
    }

    private func ask(_ context: ChannelHandlerContext) {
        if asked % timedEvery == 0 { ring[asked % inflight] = Int64(NIODeadline.now().uptimeNanoseconds) }
        asked += 1
        unsent.writeImmutableBuffer(frame)
        unflushed += 1
        if unflushed >= flushFrames || unsent.readableBytes > Self.flushBytes { flush(context) }
    }

    private func note() {
        let isTimed = answered % timedEvery == 0
        defer { answered += 1 }
        guard isCounting, !isOver else { return }
        if isTimed {
            times.add(Int64(NIODeadline.now().uptimeNanoseconds) - ring[answered % inflight])
        } else {
            times.add()
        }
    }

    private func flush(_ context: ChannelHandlerContext) {
        guard unflushed > 0 else { return }
        unflushed = 0
        context.writeAndFlush(wrapOutboundOut(unsent), promise: nil)
        unsent = context.channel.allocator.buffer(capacity: Self.flushBytes + frame.readableBytes)
    }

    static let flushBytes = 48 << 10
}
