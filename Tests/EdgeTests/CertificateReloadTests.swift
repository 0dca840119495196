import Effects
import HL7
import NIOCore
import NIOPosix
import NIOSSL
import Regions
import Testing

@testable import Edge

@Suite("Certificates that change while a node listens")
struct CertificateReloadTests {
    private let fixture: EdgeFixture
    private let trust: NIOSSLContext

    init() async throws {
        fixture = try await EdgeFixture.open()
        var configuration = TLSConfiguration.makeClientConfiguration()
        let root = try NIOSSLCertificate(bytes: fixture.authority.certificateDER, format: .der)
        configuration.trustRoots = .certificates([root])
        configuration.certificateVerification = .noHostnameVerification
        trust = try NIOSSLContext(configuration: configuration)
    }

    private typealias Wire = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private func connect(to address: NetworkAddress) async throws -> Wire {
        let trust = trust
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: Int(address.port)) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        try NIOSSLClientHandler(context: trust, serverHostname: nil))
                    return try Wire(wrappingChannelSynchronously: channel)
                }
            }
    }

    /// The serial number that a connection has been shown.
    private static func serial(_ channel: any Channel) async throws -> [UInt8] {
        try await channel.nioSSL_peerCertificate().map { $0?.serialNumber ?? [] }.get()
    }

    /// Asks twice over one connection, with `between` in the middle; gives the serial number that it was shown.
    private func ask(
        _ address: NetworkAddress, _ question: [UInt8], between: @Sendable () throws -> Void = {}
    ) async throws -> [UInt8] {
        let wire = try await connect(to: address)
        return try await wire.executeThenClose { inbound, outbound in
            var answers = inbound.makeAsyncIterator()
            try await outbound.write(ByteBuffer(bytes: question))
            #expect(try await answers.next() != nil)
            let serial = try await Self.serial(wire.channel)
            try between()
            try await outbound.write(ByteBuffer(bytes: question))
            #expect(try await answers.next() != nil, "an open connection goes on")
            #expect(try await Self.serial(wire.channel) == serial)
            return serial
        }
    }

    private func write(_ certificate: EdgeCertificate) throws {
        try fixture.world.disk.write(certificate.certificatePEM, to: fixture.folder + "/c.pem", mode: 0o644)
        try fixture.world.disk.write(certificate.keyPEM, to: fixture.folder + "/k.pem", mode: 0o600)
    }

    private func serial(of certificate: EdgeCertificate) throws -> [UInt8] {
        try #require(try NIOSSLCertificate.fromPEMBytes(certificate.certificatePEM).first).serialNumber
    }

    @Test("new connections are shown the new certificate, open ones go on, and a bad file changes nothing")
    func reloaded() async throws {
        let issued = try fixture.authority.issue(node: "hospital", world: fixture.world)
        let renewed = EdgeCertificate(
            certificatePEM: Array(issued.certificatePEM.utf8), keyPEM: Array(issued.keyPEM.utf8))
        let (old, new) = (try serial(of: fixture.certificate), try serial(of: renewed))
        #expect(old != new)
        try write(fixture.certificate)
        let listener = try fixture.listener(tls: ListenerTLS(certificateFile: "c.pem", keyFile: "k.pem"))
        try await fixture.withEdge(mllp: [listener], https: try fixture.https()) { edge, addresses in
            let mllp = try #require(addresses.mllp.first).address
            let https = try #require(addresses.https)
            let message = MLLPEncoder.frame(ORU.bytes())
            let request = Array("GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
            #expect(try await ask(https, request) == old)
            // A key that does not belong to its certificate: neither listener changes.
            try write(EdgeCertificate(certificatePEM: renewed.certificatePEM, keyPEM: fixture.certificate.keyPEM))
            #expect(throws: Failure("edge.certificate", "")) { try edge.reload { renewed } }
            #expect(try await ask(mllp, message) == old)
            #expect(try await ask(https, request) == old)

            try write(renewed)
            #expect(try await ask(mllp, message) { try edge.reload { renewed } } == old)
            #expect(try await ask(mllp, message) == new)
            #expect(try await ask(https, request) { try edge.reload { fixture.certificate } } == new)
            #expect(try await ask(https, request) == old)
        }
    }
}
