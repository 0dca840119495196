import HTTPTypes
package import HummingbirdCore
import HummingbirdHTTP2
package import Logging
package import NIOCore
import NIOHTTPTypes
import NIOSSL
import NIOTLS

/// HTTP/1.1 behind a ``ListenerDoor``, and HTTP/2 where the listener offers it and the client wants it; with TLS where the listener shows a certificate: the one that it shows at the moment.
///
/// Hummingbird's own TLS channel keeps the certificate with which it was made.
package struct HTTPChannel: ServerChildChannel {
    /// A connection with its place at the door.
    package struct Value: ServerChildChannelValue {
        let spoken: EventLoopFuture<Spoken>
        let visit: Visit

        package let channel: any Channel
    }

    enum Spoken: Sendable {
        case http1(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
        case http2(HTTP2Channel.Value)
    }

    private let responder: HTTPChannelHandler.Responder
    private let door: ListenerDoor
    private let tls: ServedContext?

    package init(responder: @escaping HTTPChannelHandler.Responder, door: ListenerDoor) {
        self.init(responder: responder, door: door, tls: nil)
    }

    package init(responder: @escaping HTTPChannelHandler.Responder, door: ListenerDoor, tls: ServedContext?) {
        self.responder = Self.metered(responder)
        self.door = door
        self.tls = tls
    }

    /// Answers what a request expects, and takes the room of its body before that is read, until it has been answered.
    private static func metered(_ responder: @escaping HTTPChannelHandler.Responder) -> HTTPChannelHandler.Responder {
        { request, writer, channel in
            if let expectation = request.headers[.expect], expectation.lowercased() != "100-continue" {
                let head = HTTPResponse(
                    status: .expectationFailed, headerFields: [.connection: "close", .contentLength: "0"])
                return try await writer.writeResponse(head)
            }
            let bytes = RequestBytes()
            var request = request
            request.body = RequestBody(asyncSequence: MeteredBody(request, bytes))
            let metered = request
            var held: ResponseWriter? = writer
            try await RequestBytes.$current.withValue(bytes) {
                guard let writer = held.take() else { return }
                try await responder(metered, writer, channel)
            }
            withExtendedLifetime(bytes) {}
        }
    }

    /// Lets others on a listener's loop have their turn between two newcomers, and keeps it where descriptors run out.
    package static func tend(_ listening: any Channel, door: ListenerDoor) async {
        do {
            try await listening.setOption(.maxMessagesPerRead, value: 1).get()
            try await listening.eventLoop.submit { try ShortageHandler.add(to: listening, door: door) }.get()
        } catch {
            // It has been closed meanwhile: the node stops.
            return
        }
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let visit: Visit
        do {
            visit = try door.enter(channel, phase: tls == nil ? .silence : .tls)
            if let tls {
                try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.current))
                try channel.pipeline.syncOperations.addHandler(TLSVisitHandler(visit))
            }
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        guard tls?.offersHTTP2 == true else {
            return http1(channel, visit, logger).map {
                Value(spoken: channel.eventLoop.makeSucceededFuture($0), visit: visit, channel: channel)
            }
        }
        return channel.eventLoop.makeCompletedFuture {
            let negotiation = NIOTypedApplicationProtocolNegotiationHandler<Spoken> { result in
                result == .negotiated("h2") ? http2(channel, visit, logger) : http1(channel, visit, logger)
            }
            try channel.pipeline.syncOperations.addHandler(negotiation)
            return Value(spoken: negotiation.protocolNegotiationResult, visit: visit, channel: channel)
        }
    }

    private func http1(_ channel: any Channel, _ visit: Visit, _ logger: Logger) -> EventLoopFuture<Spoken> {
        HTTP1Channel(
            responder: responder, configuration: .init(additionalChannelHandlers: [HTTPVisitHandler(visit)])
        ).setup(channel: channel, logger: logger).map { wire in
            visit.keep(wire)
            return .http1(wire)
        }
    }

    private func http2(_ channel: any Channel, _ visit: Visit, _ logger: Logger) -> EventLoopFuture<Spoken> {
        HTTP2Channel(
            responder: responder,
            configuration: .init(
                streamConfiguration: .init(additionalChannelHandlers: [StreamVisitHandler(visit)]))
        ).setup(channel: channel, logger: logger).map { connection in
            visit.keep(connection)
            return .http2(connection)
        }
    }

    package func handle(value: Value, logger: Logger) async {
        // Where TLS was not set up, the connection has been closed.
        guard let spoken = try? await value.spoken.get() else { return }
        await Visit.$current.withValue(value.visit) {
            switch spoken {
            case .http1(let wire):
                await HTTP1Channel(responder: responder).handle(value: wire, logger: logger)
            case .http2(let connection):
                await serve(connection, value.visit, logger)
            }
        }
    }

    /// Answers the requests of a connection until it has closed.
    ///
    /// Whoever takes its requests is not told of an end before that: requests that come after the end would be dropped, and
    /// NIO takes a writer that is dropped while its request is open for a fault of the program.
    private func serve(_ connection: HTTP2Channel.Value, _ visit: Visit, _ logger: Logger) async {
        let serving = Task { await HTTP2Channel(responder: responder).handle(value: connection, logger: logger) }
        await withTaskCancellationHandler {
            await serving.value
        } onCancel: {
            visit.channel.closeFuture.whenComplete { _ in serving.cancel() }
            visit.channel.close(promise: nil)
        }
    }
}

extension Visit {
    /// The body of the request in hand is going to be read: a client that waits for a word gets it.
    package func wantBody() {
        channel.triggerUserOutboundEvent(HTTPVisitHandler.BodyWanted(), promise: nil)
    }
}
