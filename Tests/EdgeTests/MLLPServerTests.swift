import Effects
import HL7
import NIOSSL
import Recognition
import Regions
import Testing

@testable import Edge

@Suite("MLLP over loopback")
struct MLLPServerTests {
    private static func frames(_ count: Int) -> [[UInt8]] {
        (0..<count).map { MLLPEncoder.frame(ORU.bytes(id: "M\($0)", filler: "F\($0)")) }
    }

    @Test func messagesOfOneSegmentAreAnsweredInOrder() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withEdge(mllp: [try fixture.listener()]) { _, addresses in
            let address = try #require(addresses.mllp.first).address
            #expect(address.port != 0)
            let answers = try await MLLPClient.exchange(
                [Array(Self.frames(5).joined())], with: address, count: 5)
            #expect(answers.map(MLLPClient.code) == (0..<5).map { "AA M\($0)" })
        }
        #expect(try await fixture.node.service(RecognitionService.self).counts().versions == 5)
    }

    @Test func aMessageMayComeByteByByte() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withEdge(mllp: [try fixture.listener()]) { _, addresses in
            let pieces = Array(Self.frames(2).joined()).map { [$0] }
            let answers = try await MLLPClient.exchange(
                pieces, with: try #require(addresses.mllp.first).address, count: 2)
            #expect(answers.map(MLLPClient.code) == ["AA M0", "AA M1"])
        }
    }

    @Test func aSenderThatClosesItsSideStillGetsItsAnswer() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withEdge(mllp: [try fixture.listener()]) { _, addresses in
            let answers = try await MLLPClient.exchange(
                Self.frames(1), with: try #require(addresses.mllp.first).address, count: 1, closesSending: true)
            #expect(answers.map(MLLPClient.code) == ["AA M0"])
        }
    }

    @Test func whoIsNotAllowedGetsNothing() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withEdge(mllp: [try fixture.listener(clients: ["10.0.0.0/8", "::1"])]) { _, addresses in
            let address = try #require(addresses.mllp.first).address
            var answers: [[UInt8]] = []
            do { answers = try await MLLPClient.exchange(Self.frames(1), with: address, count: 1) } catch {
                // The write may meet a connection that is closed already.
            }
            #expect(answers.isEmpty)
        }
        #expect(try await fixture.node.service(RecognitionService.self).counts().versions == 0)
    }

    @Test func garbageBetweenFramesIsPassedOver() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withEdge(mllp: [try fixture.listener()]) { _, addresses in
            let pieces = [Array("GET / HTTP/1.1\r\n\r\n".utf8), Self.frames(1)[0], [0, 1, 2, 3]]
            let answers = try await MLLPClient.exchange(
                pieces, with: try #require(addresses.mllp.first).address, count: 1)
            #expect(answers.map(MLLPClient.code) == ["AA M0"])
        }
    }

    @Test func whatCannotBeDecodedIsAnsweredWithAR() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withEdge(mllp: [try fixture.listener()]) { _, addresses in
            let address = try #require(addresses.mllp.first).address
            let pieces = [
                MLLPEncoder.frame([0xFF, 0xFE, 0x41]), MLLPEncoder.frame(try Files.one("bad/wrong-encoding.hl7")),
                MLLPEncoder.frame(try Files.one("fhir/yuxian-03-single-liver-function.json")), Self.frames(1)[0],
            ]
            let answers = try await MLLPClient.exchange(pieces, with: address, count: 4)
            #expect(answers.map { MLLPClient.code($0).prefix(2) } == ["AR", "AR", "AR", "AA"])
        }
    }

    @Test func aMessageBeyondTheLimitEndsItsConnectionWithAnAnswer() async throws {
        let fixture = try await EdgeFixture.open()
        var server = MLLPServer(
            listener: try fixture.listener(), tls: nil, intake: fixture.intake, door: fixture.door(),
            logger: fixture.logger)
        server.limitBytes = 2_000
        try await Self.serve(server) { address in
            let long = MLLPEncoder.frame(ORU.bytes(id: "LONG") + [UInt8](repeating: 0x41, count: 3_000))
            let answers = try await MLLPClient.exchange([Self.frames(1)[0], long], with: address, count: 9)
            #expect(answers.map(MLLPClient.code) == ["AA M0", "AR LONG"])
            #expect(answers.last.map { String(decoding: $0, as: UTF8.self) }?.contains("2000") == true)
        }
    }

    @Test func aSenderThatWantsNoAnswerGetsNone() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withEdge(mllp: [try fixture.listener()]) { _, addresses in
            let silent = Array(ORU.text(id: "S", filler: "S", accept: "NE", application: "NE").utf8)
            let answers = try await MLLPClient.exchange(
                [MLLPEncoder.frame(silent), Self.frames(1)[0]], with: try #require(addresses.mllp.first).address,
                count: 1)
            #expect(answers.map(MLLPClient.code) == ["AA M0"])
        }
        #expect(try await fixture.node.service(RecognitionService.self).counts().versions == 2)
    }

    @Test func tlsIsSpokenWhereItIsConfigured() async throws {
        let fixture = try await EdgeFixture.open()
        try fixture.world.disk.write(fixture.certificate.certificatePEM, to: fixture.folder + "/c.pem", mode: 0o644)
        try fixture.world.disk.write(fixture.certificate.keyPEM, to: fixture.folder + "/k.pem", mode: 0o600)
        let listener = try fixture.listener(tls: ListenerTLS(certificateFile: "c.pem", keyFile: "k.pem"))
        var configuration = TLSConfiguration.makeClientConfiguration()
        let root = try NIOSSLCertificate(bytes: fixture.authority.certificateDER, format: .der)
        configuration.trustRoots = .certificates([root])
        configuration.certificateVerification = .noHostnameVerification
        let tls = try NIOSSLContext(configuration: configuration)
        try await fixture.withEdge(mllp: [listener]) { _, addresses in
            let found = try #require(addresses.mllp.first)
            #expect(found.isTLS)
            let answers = try await MLLPClient.exchange(Self.frames(1), with: found.address, count: 1, tls: tls)
            #expect(answers.map(MLLPClient.code) == ["AA M0"])
            let plain = try? await MLLPClient.exchange(Self.frames(1), with: found.address, count: 1)
            #expect(plain?.isEmpty ?? true)
        }
    }

    private static func serve(
        _ server: MLLPServer, _ body: (NetworkAddress) async throws -> Void
    ) async throws {
        let bound = Announcement<NetworkAddress>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { bound.give($0) } }
            try await body(try await bound.get())
            group.cancelAll()
        }
    }
}
