import EchoLoad
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// The floor: frames with four bytes of length before them, sent back as they came, over mutual TLS 1.3; one loop each.
@main
struct FloorEcho {
    static func main() async throws {
        let options = try EchoOptions(Array(CommandLine.arguments.dropFirst()))
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let flushFrames = try options.number("flush", default: 4_096, in: 1...4_096)
        if options.isServer {
            try await serve(options, group, flushFrames)
        } else {
            try await call(options, group, flushFrames)
        }
        try await group.shutdownGracefully()
    }

    private static func serve(
        _ options: EchoOptions, _ group: MultiThreadedEventLoopGroup, _ flushFrames: Int
    ) async throws {
        let tls = try context(options.text("certs"), "server")
        let channel = try await ServerBootstrap(group: group)
            .childChannelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLServerHandler(context: tls), EchoingHandler(flushFrames: flushFrames),
                    ])
                }
            }
            .bind(host: "127.0.0.1", port: try options.number("port", default: 0, in: 0...65_535)).get()
        print("{\"port\":\(channel.localAddress?.port ?? 0)}")
        fflush(nil)
        try await channel.closeFuture.get()
    }

    private static func call(
        _ options: EchoOptions, _ group: MultiThreadedEventLoopGroup, _ flushFrames: Int
    ) async throws {
        let tls = try context(options.text("certs"), "client")
        let size = try options.number("size", default: 100, in: 1...1 << 20)
        let inflight = try options.number("inflight", default: 64, in: 1...65_536)
        let seconds = try options.number("seconds", default: 5, in: 1...600)
        let loop = group.next()
        let ended = loop.makePromise(of: EchoTimes.self)
        let channel = try await ClientBootstrap(group: loop)
            .channelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLClientHandler(context: tls, serverHostname: nil),
                        CallingHandler(
                            size: size, inflight: inflight, seconds: seconds, flushFrames: flushFrames, ended: ended),
                    ])
                }
            }
            .connect(host: "127.0.0.1", port: try options.number("port", in: 1...65_535)).get()
        print(try await ended.futureResult.get().line(size: size, inflight: inflight, seconds: seconds))
        try await channel.close()
    }

    private static func context(_ folder: String, _ name: String) throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile("\(folder)/\(name).crt")
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: "\(folder)/\(name).key", format: .pem)))
        configuration.minimumTLSVersion = .tlsv13
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile("\(folder)/ca.crt"))
        configuration.certificateVerification = .noHostnameVerification
        return try NIOSSLContext(configuration: configuration)
    }
}
