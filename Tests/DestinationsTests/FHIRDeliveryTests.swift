import AsyncHTTPClient
import Effects
import Regions
import ServiceKit
import Testing
import Trust

@testable import DestinationClients
@testable import Destinations

@Suite("Messages go to a real FHIR server over TLS", .serialized, .timeLimit(.minutes(1)))
struct FHIRDeliveryTests {
    private struct Setting {
        var server: HospitalFHIRServer
        var message: WaitingMessage
        var clients: HospitalClients
        /// Whose certificate the server shows.
        var authority: RegionAuthority
        var folder: String
        let disk = SystemDisk()

        func send() async throws -> DeliveryOutcome {
            try await clients.clients["portal"]?.send(message) ?? .failed(.init(code: "none", text: "no client"))
        }
    }

    /// A message in the queue of a server, with the CA that is believed and the token.
    private func run(
        believing other: Bool = false, mode: UInt32 = 0o600, _ body: (Setting) async throws -> Void
    ) async throws {
        let world = World.system
        let authority = try RegionAuthority.create(regionID: "sample", world: world)
        let believed = other ? try RegionAuthority.create(regionID: "sample", world: world) : authority
        try await HospitalFHIRServer.run(authority, world: world) { server in
            let destination = Destination(
                name: "portal", institution: .unit(try OrgUnitID(SampleNode.unit)),
                way: .fhir(
                    .init(url: "https://127.0.0.1:\(server.port)/fhir", authorityFile: "ca.pem", tokenFile: "token")),
                wants: [.reports])
            let node = try SampleNode([destination])
            let disk = SystemDisk()
            try disk.write(believed.certificatePEM, to: node.folder + "/ca.pem")
            try disk.write("a-token-of-some-length\n", to: node.folder + "/token", mode: mode)
            let service = try await node.open()
            let source = SampleSource(ledger: service.context.ledger)
            try await source.add([(1, "a")])
            try await service.collector(of: [source]).collect()
            let message = try #require(
                try await service.context.ledger.read { try DestinationQueue.next(of: "portal", in: $0) })
            let folder = node.folder
            let clients = try HospitalClients([destination], resolve: { folder + "/" + $0 }, world: world)
            try await body(
                Setting(server: server, message: message, clients: clients, authority: authority, folder: folder))
            await clients.close()
        }
    }

    @Test("as conditional updates with the token of the file")
    func delivered() async throws {
        try await run { setting in
            let outcome = try await setting.send()
            #expect(outcome == .accepted)
            let came = try #require(setting.server.came.first)
            #expect(came.method == "PUT" && came.uri == "/fhir/DiagnosticReport?identifier=m1")
            #expect(came.token == "Bearer a-token-of-some-length")
            #expect(String(decoding: came.body, as: UTF8.self) == "{\"resourceType\":\"DiagnosticReport\"}")
        }
    }

    @Test("what is refused says why in the server's words, and a pause is as long as the server wants")
    func answers() async throws {
        try await run { setting in
            setting.server.answers(
                .init(
                    status: 422,
                    body: """
                        {"resourceType": "OperationOutcome", "issue": [
                         {"severity": "error", "code": "business-rule", "diagnostics": "无此患者"}]}
                        """))
            let refused = try await setting.send()
            // The server's words may name the patient.
            #expect(refused == .refused(.init(code: "422", text: "business-rule")))
            setting.server.answers(.init(status: 503, headers: ["Retry-After": "7"]))
            let away = try await setting.send()
            #expect(away == .unreachable(.init(code: "503", text: "the server gave no reason"), retryAfterSeconds: 7))
        }
    }

    @Test("a server that answers and never ends counts by its status")
    func endless() async throws {
        try await run { setting in
            setting.server.answers(.init(status: 422, isEndless: true))
            let way = Destination.FHIRServer(
                url: "https://127.0.0.1:\(setting.server.port)/fhir", authorityFile: "", tokenFile: "")
            let client = try FHIRClient(
                way, authorityFile: setting.folder + "/ca.pem", tokenFile: setting.folder + "/token",
                disk: setting.disk, time: SystemTime(), bodyMilliseconds: 50)
            let outcome = try await client.send(setting.message)
            #expect(outcome == .refused(.init(code: "422", text: "the server gave no reason")))
            try await client.close()
        }
    }

    @Test("a server whose certificate is another CA's gets nothing")
    func stranger() async throws {
        try await run(believing: true) { setting in
            guard case .unreachable(let words, nil) = try await setting.send() else {
                Issue.record("somebody else's server was believed")
                return
            }
            #expect(words.code == "no connection" && setting.server.came == [])
        }
    }

    @Test("an authority that was renewed is believed after a reload, and no more the one before")
    func renewedAuthority() async throws {
        try await run(believing: true) { setting in
            let before = try await setting.send()
            try setting.disk.write("no certificate", to: setting.folder + "/ca.pem")
            #expect(throws: Failure.self) { try setting.clients.reload() }
            try setting.disk.write(setting.authority.certificatePEM, to: setting.folder + "/ca.pem")
            let unread = try await setting.send()
            try setting.clients.reload()
            let after = try await setting.send()
            #expect(after == .accepted)
            for outcome in [before, unread] {
                guard case .unreachable = outcome else {
                    Issue.record("somebody else's server was believed")
                    continue
                }
            }
            let stranger = try RegionAuthority.create(regionID: "sample", world: .system)
            try setting.disk.write(stranger.certificatePEM, to: setting.folder + "/ca.pem")
            try setting.clients.reload()
            guard case .unreachable = try await setting.send() else {
                Issue.record("an open connection is believed though its authority is not any more")
                return
            }
        }
    }

    @Test("a server that was reached and did not answer may have had the message")
    func unanswered() {
        for error in [HTTPClientError.remoteConnectionClosed, .deadlineExceeded, .readTimeout] {
            guard case .unanswered = FHIRClient.outcome(of: error) else {
                Issue.record("\(error)")
                continue
            }
        }
        guard case .unreachable = FHIRClient.outcome(of: HTTPClientError.connectTimeout) else {
            Issue.record("a server that was not reached is said to have had the message")
            return
        }
    }

    @Test("a token that others may read is not sent")
    func openToken() async throws {
        try await run(mode: 0o644) { setting in
            guard case .unreachable = try await setting.send() else {
                Issue.record("an open token was used")
                return
            }
            #expect(setting.server.came == [])
        }
    }

    @Test("every status has one meaning")
    func statuses() {
        func kind(_ status: Int) -> String {
            switch FHIRClient.outcome(status, [], retryAfter: nil) {
            case .accepted: "accepted"
            case .refused: "refused"
            case .failed: "failed"
            case .unanswered: "unanswered"
            case .unreachable: "away"
            }
        }
        for status in [400, 409, 410, 412, 413, 415, 422] { #expect(kind(status) == "refused", "\(status)") }
        for status in [301, 404, 405, 500, 501] { #expect(kind(status) == "failed", "\(status)") }
        for status in [401, 403, 408, 429, 502, 503, 504] { #expect(kind(status) == "away", "\(status)") }
    }
}
