import Doors
import Effects
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Tells the ``Visit`` what an HTTP connection is in the middle of, and answers `Expect: 100-continue`.
final class HTTPVisitHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Somebody reads the body of the request in hand.
    struct BodyWanted: Sendable {}

    private let visit: Visit
    private var inHand = 0
    private var isBodyComing = false
    /// The client sends its body when it is told to.
    private var isWaited = false
    private var closes = false
    /// What came of the body since its time began.
    private var stepBytes = 0

    init(_ visit: Visit) {
        self.visit = visit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            inHand += 1
            isBodyComing = true
            stepBytes = 0
            visit.stream(false)
            isWaited = head.headerFields[.expect]?.lowercased() == "100-continue"
            visit.enter(.message)
        case .body(let bytes):
            isWaited = false
            stepBytes += bytes.readableBytes
            if stepBytes >= Limits.streamedBodyStepBytes, visit.isStreaming {
                stepBytes = 0
                visit.enter(.message)
            }
        case .end:
            isBodyComing = false
            isWaited = false
            // Where the answer went out before the body had come, nothing is in hand.
            visit.enter(inHand > 0 ? .work : .silence)
        }
        context.fireChannelRead(data)
        if closes, inHand == 0, !isBodyComing { context.close(promise: nil) }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is BodyWanted else { return context.triggerUserOutboundEvent(event, promise: promise) }
        if isWaited {
            isWaited = false
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        promise?.succeed(())
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        visit.enter(.answer)
        switch unwrapOutboundIn(data) {
        case .head(var head) where isWaited && head.status.kind != .informational:
            // Whether a body comes all the same nobody knows, so that nothing behind it could be read.
            closes = true
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .head(let head):
            if head.headerFields[.connection] == "close" { closes = true }
            context.write(data, promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            let written = promise ?? context.eventLoop.makePromise(of: Void.self)
            let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
            let channel = context.channel
            written.futureResult.whenComplete { _ in handler.value.answered(channel) }
            context.write(data, promise: written)
        }
    }

    private func answered(_ channel: any Channel) {
        inHand -= 1
        if closes, !isBodyComing || isWaited { return channel.close(promise: nil) }
        visit.enter(isBodyComing ? .message : inHand > 0 ? .work : .silence)
    }
}
