import AsyncHTTPClient
import FHIR
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Regions

@testable import Edge

/// What a hospital's system does on the other end of the HTTPS listener.
struct FHIRClient {
    struct Answer {
        var status: Int
        var headers: HTTPHeaders
        var body: [UInt8]

        var json: JSONValue? { try? JSONParser.parse(body) }
        var type: String? { json?["resourceType"]?.string }
    }

    static let token = "0123456789abcdef-his"
    let client: HTTPClient
    let base: String
    /// For how long it waits for an answer.
    var patienceSeconds: Int64 = 20

    func send(
        _ method: HTTPMethod, _ path: String, body: [UInt8]? = nil, type: String? = "application/fhir+json",
        token: String? = Self.token, headers: [String: String] = [:]
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if body != nil, let type { request.headers.add(name: "Content-Type", value: type) }
        let all = ["X-Yilian-Order": "O-1"].merging(headers) { $1 }
        for (name, value) in all { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await client.execute(request, timeout: .seconds(patienceSeconds))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return Answer(
            status: Int(response.status.code), headers: response.headers, body: Array(bytes.readableBytesView))
    }

    func post(_ path: String, _ body: [UInt8], type: String? = "application/fhir+json") async throws -> Answer {
        try await send(.POST, path, body: body, type: type)
    }
}

extension FHIRClient {
    /// Sends bytes as they are, and gives the beginning of what comes back.
    static func raw(_ bytes: String, to address: NetworkAddress, tls: NIOSSLContext) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: Int(address.port)) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        try NIOSSLClientHandler(context: tls, serverHostname: nil))
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: bytes))
            for try await buffer in inbound { return String(buffer: buffer) }
            return ""
        }
    }
}

extension EdgeFixture {
    func https(_ systems: [HospitalSystem]? = nil) throws -> HTTPSListener {
        try write(FHIRClient.token + "\n", to: "his")
        let standard = HospitalSystem(
            name: "his", institution: try reference, tokenFile: "his", purpose: "treatment", practitioner: "doctor-1")
        return HTTPSListener(listen: NetworkAddress(host: "127.0.0.1", port: 0), systems: systems ?? [standard])
    }

    /// Runs an edge and a client that trusts it.
    func withClient(_ body: (FHIRClient) async throws -> Void) async throws {
        try await withEdge(https: try https()) { _, addresses in
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .certificates([try NIOSSLCertificate(bytes: authority.certificateDER, format: .der)])
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: .init(tlsConfiguration: tls))
            do {
                try await body(FHIRClient(client: client, base: addresses.fhirBaseURL ?? ""))
                try await client.shutdown()
            } catch {
                try await client.shutdown()
                throw error
            }
        }
    }
}
