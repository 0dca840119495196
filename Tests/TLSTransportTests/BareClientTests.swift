import Effects
import Links
import NIOCore
import NIOPosix
import NIOSSL
import Regions
import TLSTransport
import Testing
import Wire

/// Clients that are no nodes: they speak TLS, but not as Yilian wants it.
@Suite(.timeLimit(.minutes(1))) struct BareClientTests {
    struct Client: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var change: @Sendable (inout TLSConfiguration, TLSCredentials) throws -> Void
    }

    static let clients: [Client] = [
        Client(testDescription: "without a certificate") { configuration, _ in
            configuration.applicationProtocols = ["yilian/1"]
        },
        Client(testDescription: "with TLS 1.2") { configuration, credentials in
            try show(credentials, &configuration)
            configuration.applicationProtocols = ["yilian/1"]
            configuration.maximumTLSVersion = .tlsv12
        },
        Client(testDescription: "with another protocol") { configuration, credentials in
            try show(credentials, &configuration)
            configuration.applicationProtocols = ["h2"]
        },
        Client(testDescription: "with no protocol") { configuration, credentials in
            try show(credentials, &configuration)
        },
    ]

    private static func show(_ credentials: TLSCredentials, _ configuration: inout TLSConfiguration) throws {
        configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(credentials.certificate.utf8)).map {
            .certificate($0)
        }
        configuration.privateKey = .privateKey(
            try NIOSSLPrivateKey(bytes: Array(credentials.key.utf8), format: .pem))
    }

    @Test(arguments: clients) func isRefused(_ client: Client) async throws {
        let region = try Throwaway()
        let city = try TLSNode("city", .city, transport: region.transport("city"), child: "pingding")
        let address = try await city.hub.listen(on: LinkAddress(host: "127.0.0.1", port: 0))
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        try client.change(&configuration, region.credentials("pingding").0)
        let context = try NIOSSLContext(configuration: configuration)
        try await running([city]) {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: nil))
                    }
                }
                .connect(host: address.host, port: address.port).get()
            try await soon("it is refused") { city.events.contains("refused notAuthenticated -") }
            channel.close(promise: nil)
        }
        #expect(!city.events.contains { $0.hasPrefix("up") })
    }

    @Test func bytesThatAreNoTLSAreRefused() async throws {
        let region = try Throwaway()
        let city = try TLSNode("city", .city, transport: region.transport("city"), child: "pingding")
        let address = try await city.hub.listen(on: LinkAddress(host: "127.0.0.1", port: 0))
        try await running([city]) {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: address.host, port: address.port).get()
            try await channel.writeAndFlush(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: city\r\n\r\n")).get()
            try await soon("it is refused") { city.events.contains("refused notAuthenticated -") }
            channel.close(promise: nil)
        }
    }

    /// Stands nearest to the socket, so that it can end the connection without TLS's goodbye.
    private final class Cut: ChannelOutboundHandler, Sendable {
        typealias OutboundIn = ByteBuffer

        func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
            context.close(promise: promise)
        }
    }

    @Test func aPeerWhoseConnectionIsCutIsLostAndNoStranger() async throws {
        let region = try Throwaway()
        let city = try TLSNode("city", .city, transport: region.transport("city"), child: "pingding")
        let address = try await city.hub.listen(on: LinkAddress(host: "127.0.0.1", port: 0))
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        try Self.show(region.credentials("pingding").0, &configuration)
        configuration.applicationProtocols = ["yilian/1"]
        let context = try NIOSSLContext(configuration: configuration)
        try await running([city]) {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = try NIOSSLClientHandler(context: context, serverHostname: nil)
                        try channel.pipeline.syncOperations.addHandlers([Cut(), handler])
                    }
                }
                .connect(host: address.host, port: address.port).get()
            try await soon("it is let in") { city.hub.load.halfOpen == 1 }
            try await SystemTime().sleep(milliseconds: 300)
            try await channel.triggerUserOutboundEvent("cut").get()
            try await soon("it is gone") { city.events.contains { $0.hasPrefix("refused ") } }
        }
        #expect(!city.events.contains { $0.contains("notAuthenticated") }, "\(city.events)")
        #expect(city.events.contains { $0.hasPrefix("refused connectionLost") }, "\(city.events)")
    }
}
