import AsyncHTTPClient
import Effects
import Foundation
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

    /// Posts JSON to a path of the node and reads the answer.
    ///
    /// - Parameter practitioner: who asks; sent percent-encoded.
    /// - Throws: `demo.refused` with the status and the answer's first bytes.
    package func call<Answer: Decodable>(_ path: String, body: [UInt8], practitioner: String) async throws -> Answer {
        var request = HTTPClientRequest(url: baseURL + path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        let name = practitioner.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        request.headers.add(name: "X-Yilian-Practitioner", value: name)
        request.body = .bytes(ByteBuffer(bytes: body))
        let response = try await client.execute(request, timeout: .seconds(60))
        let bytes = Array(try await response.body.collect(upTo: Limits.fhirBodyBytes).readableBytesView)
        guard (200..<300).contains(response.status.code) else {
            throw Failure(
                "demo.refused",
                "\(path) answered \(response.status.code): \(String(decoding: bytes.prefix(400), as: UTF8.self))")
        }
        return try JSONDecoder().decode(Answer.self, from: Data(bytes))
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
