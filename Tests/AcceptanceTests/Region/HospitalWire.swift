import AsyncHTTPClient
import Effects
import NIOCore
import NIOPosix
import NIOSSL
import YilianTestKit

/// What a hospital's systems do: HL7 v2 in MLLP frames over TCP, FHIR over HTTPS with a token.
struct HospitalWire: Sendable {
    let listeners: TestListeners
    let client: HTTPClient

    /// Opens a client that trusts the region's authority and nobody else.
    static func with<Value>(
        _ listeners: TestListeners, _ body: (HospitalWire) async throws -> Value
    ) async throws -> Value {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(listeners.authorityPEM.utf8)))
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .init(tlsConfiguration: tls))
        do {
            let value = try await body(HospitalWire(listeners: listeners, client: client))
            try await client.shutdown()
            return value
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    /// Sends messages, each as one MLLP frame, over one connection.
    ///
    /// - Returns: the first answers that come, at least one.
    /// - Throws: where none comes within a minute.
    func mllp(_ messages: [[UInt8]]) async throws -> [String] {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: listeners.mllpHost, port: listeners.mllpPort) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            for message in messages {
                try await outbound.write(ByteBuffer(bytes: [0x0B] + message + [0x1C, 0x0D]))
            }
            return try await withThrowingTaskGroup(of: [String].self) { group in
                group.addTask { try await Self.answers(inbound) }
                group.addTask {
                    try await SystemTime().sleep(milliseconds: 60_000)
                    throw ForeignTrouble.noAnswer
                }
                defer { group.cancelAll() }
                return try await group.next() ?? []
            }
        }
    }

    private static func answers(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> [String] {
        var received: [UInt8] = []
        for try await part in inbound {
            received += Array(part.readableBytesView)
            if received.last == 0x0D, received.dropLast().last == 0x1C { break }
        }
        let answers = received.split(separator: 0x1C)
            .map { String(decoding: $0.drop { $0 < 0x20 }, as: UTF8.self) }.filter { !$0.isEmpty }
        guard !answers.isEmpty else { throw ForeignTrouble.noAnswer }
        return answers
    }

    struct Answer: Sendable {
        var status: Int
        var body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    func post(_ bytes: [UInt8]) async throws -> Answer {
        try await send(listeners.fhirURL, bytes)
    }

    /// Searches a patient's reports as a foreign system does.
    func search(_ patient: ForeignPatient) async throws -> Answer {
        let system = patient.authority.isEmpty ? patient.value : patient.authority + "|" + patient.value
        return try await send(
            listeners.fhirURL + "/DiagnosticReport?patient.identifier=\(Self.encoded(system))"
                + "&identifier-type=\(Self.encoded(patient.type))&_count=100", nil)
    }

    private func send(_ address: String, _ body: [UInt8]?) async throws -> Answer {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "Authorization", value: "Bearer " + listeners.fhirToken)
        request.headers.add(name: "X-Yilian-Order", value: "O-1")
        if let body {
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/fhir+json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        // A guard against hanging, not a measure: beside hundreds of other tests an answer may take its time.
        let response = try await client.execute(request, timeout: .seconds(300))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return Answer(status: Int(response.status.code), body: Array(bytes.readableBytesView))
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                byte < 0x80 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
