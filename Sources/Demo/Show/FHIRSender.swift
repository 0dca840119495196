import AsyncHTTPClient
import Effects
import NIOCore
import NIOSSL

/// A hospital system's side of FHIR: posts resources with its token, trusting the region's CA alone.
package struct FHIRSender: Sendable {
    private let baseURL: String
    private let token: String
    private let client: HTTPClient

    package init(baseURL: String, token: String, authorityFile: String) throws {
        self.baseURL = baseURL
        self.token = token
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(authorityFile)
        client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: HTTPClient.Configuration(tlsConfiguration: tls))
    }

    package func close() async throws {
        try await client.shutdown()
    }

    /// Posts one resource.
    ///
    /// - Returns: the HTTP status.
    package func post(_ body: [UInt8]) async throws -> Int {
        var request = HTTPClientRequest(url: baseURL)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/fhir+json")
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        request.body = .bytes(ByteBuffer(bytes: body))
        let response = try await client.execute(request, timeout: .seconds(60))
        _ = try await response.body.collect(upTo: Limits.fhirBodyBytes)
        return Int(response.status.code)
    }
}
