import Doors
import Effects
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Tells the ``Visit`` what one request of an HTTP/2 connection is in the middle of.
///
/// Each request has its deadlines, and one that is late ends the connection, as it does where a connection has one request
/// after the other: whoever drips gains nothing by doing it in many streams.
final class StreamVisitHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let visit: Visit
    private var timer: VisitTimer?
    private var isServed = false
    /// What came of the body since its time began.
    private var stepBytes = 0

    init(_ visit: Visit) {
        self.visit = visit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        timer = visit.beginStream(on: context.eventLoop)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        guard let timer else { return }
        self.timer = nil
        timer.end()
        visit.endStream(wasServed: isServed)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: break
        case .body(let bytes):
            stepBytes += bytes.readableBytes
            if stepBytes >= Limits.streamedBodyStepBytes, visit.isStreaming {
                stepBytes = 0
                timer?.enter(.message)
            }
        case .end:
            timer?.enter(.work)
            serve()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        timer?.enter(.answer)
        serve()
        guard case .head(var head) = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        // What concerns a connection of HTTP/1.1 may not stand in HTTP/2.
        head.headerFields[.connection] = nil
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }

    private func serve() {
        guard !isServed, timer != nil else { return }
        isServed = true
        visit.serveStream()
    }
}
