import EchoLoad
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2
import NIOPosix

/// Unary calls of grpc-swift-2 that are answered with their request, over mutual TLS 1.3.
///
/// Messages are bytes and pass through no protobuf. `--settings tuned` takes one event loop, no flush coalescing, and
/// windows and frames that hold everything that is on its way.
@main
struct GRPCEcho {
    static let method = MethodDescriptor(fullyQualifiedService: "yilian.Echo", method: "Echo")

    static func main() async throws {
        let options = try EchoOptions(Array(CommandLine.arguments.dropFirst()))
        let isTuned = try options.text("settings", default: "default") == "tuned"
        let group: MultiThreadedEventLoopGroup =
            isTuned ? MultiThreadedEventLoopGroup(numberOfThreads: 1) : .singletonMultiThreadedEventLoopGroup
        if options.isServer {
            try await serve(options, group, isTuned)
        } else {
            try await call(options, group, isTuned)
        }
    }

    private static func serve(_ options: EchoOptions, _ group: MultiThreadedEventLoopGroup, _ isTuned: Bool)
        async throws
    {
        let folder = try options.text("certs")
        let server = GRPCServer(
            transport: .http2NIOPosix(
                address: .ipv4(host: "127.0.0.1", port: try options.number("port", default: 0, in: 0...65_535)),
                transportSecurity: .mTLS(
                    certificateChain: [.file(path: "\(folder)/server.crt", format: .pem)],
                    privateKey: .file(path: "\(folder)/server.key", format: .pem)
                ) { tls in
                    tls.trustRoots = .certificates([.file(path: "\(folder)/ca.crt", format: .pem)])
                },
                config: .defaults { config in
                    guard isTuned else { return }
                    config.connection.flushCoalescing = nil
                    config.http2.targetWindowSize = 16 << 20
                    config.http2.maxFrameSize = 1 << 20
                },
                eventLoopGroup: group),
            services: [EchoService()])
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await server.serve() }
            guard let address = try await server.listeningAddress, let port = address.ipv4?.port else {
                throw EchoError("the server does not listen")
            }
            print("{\"port\":\(port)}")
            fflush(nil)
            try await tasks.waitForAll()
        }
    }

    private static func call(_ options: EchoOptions, _ group: MultiThreadedEventLoopGroup, _ isTuned: Bool) async throws
    {
        let folder = try options.text("certs")
        let size = try options.number("size", default: 100, in: 1...1 << 20)
        let inflight = try options.number("inflight", default: 64, in: 1...65_536)
        let seconds = try options.number("seconds", default: 5, in: 1...600)
        let transport = try HTTP2ClientTransport.Posix(
            target: .ipv4(address: "127.0.0.1", port: try options.number("port", in: 1...65_535)),
            transportSecurity: .mTLS(
                certificateChain: [.file(path: "\(folder)/client.crt", format: .pem)],
                privateKey: .file(path: "\(folder)/client.key", format: .pem)
            ) { tls in
                tls.trustRoots = .certificates([.file(path: "\(folder)/ca.crt", format: .pem)])
                tls.serverCertificateVerification = .noHostnameVerification
            },
            config: .defaults { config in
                guard isTuned else { return }
                config.connection.flushCoalescing = nil
                config.http2.targetWindowSize = 16 << 20
                config.http2.maxFrameSize = 1 << 20
            },
            eventLoopGroup: group)
        try await withGRPCClient(transport: transport) { client in
            let times = try await measure(client, size: size, inflight: inflight, seconds: seconds)
            print(try times.line(size: size, inflight: inflight, seconds: seconds))
        }
    }

    private static func measure(
        _ client: GRPCClient<HTTP2ClientTransport.Posix>, size: Int, inflight: Int, seconds: Int
    ) async throws -> EchoTimes {
        let clock = ContinuousClock()
        let begin = clock.now + .seconds(EchoTimes.warmUpSeconds)
        let end = begin + .seconds(seconds)
        let message = [UInt8](repeating: 7, count: size)
        return try await withThrowingTaskGroup(of: EchoTimes.self) { tasks in
            for _ in 0..<inflight {
                tasks.addTask {
                    var times = EchoTimes()
                    var before = clock.now
                    while before < end {
                        let count = try await client.unary(
                            request: ClientRequest(message: message), descriptor: method, serializer: BytesCoder(),
                            deserializer: BytesCoder(), options: .defaults
                        ) { try $0.message.count }
                        guard count == size else { throw EchoError("an answer has \(count) bytes") }
                        let after = clock.now
                        if after >= begin, after < end {
                            let (whole, fraction) = (after - before).components
                            times.add(whole * 1_000_000_000 + fraction / 1_000_000_000)
                        }
                        before = after
                    }
                    return times
                }
            }
            return try await tasks.reduce(into: EchoTimes()) { $0.add($1) }
        }
    }
}

struct EchoService: RegistrableRPCService {
    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerHandler(
            forMethod: GRPCEcho.method, deserializer: BytesCoder(), serializer: BytesCoder()
        ) { request, _ in
            let single = try await ServerRequest(stream: request)
            return StreamingServerResponse(single: ServerResponse(message: single.message))
        }
    }
}

struct BytesCoder: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }

    func deserialize<Bytes: GRPCContiguousBytes>(_ serializedMessageBytes: Bytes) throws -> [UInt8] {
        serializedMessageBytes.withUnsafeBytes { Array($0) }
    }
}
