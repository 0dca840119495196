import AsyncHTTPClient
import Doors
import Effects
import FHIR
import HL7
import NIOCore
import NIOPosix
import NIOSSL
import Regions
import Testing

@testable import Edge

@Suite("What strangers do at the listeners", .serialized)
struct ListenerDoorTests {
    // MARK: HTTPS

    private func https(
        _ change: (inout ListenerLimits) -> Void = { _ in }
    ) -> HospitalEdge.Limitations {
        var limits = HospitalEdge.Limitations()
        limits.https.caps.unproven = 16
        limits.https.caps.unprovenPerAddress = 16
        limits.https.caps.graceMilliseconds = 0
        change(&limits.https)
        return limits
    }

    private func trusting(_ fixture: EdgeFixture) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates([try NIOSSLCertificate(bytes: fixture.authority.certificateDER, format: .der)])
        return tls
    }

    /// Needs a token, and no more.
    private static let question = "/messages/none"

    private func address(_ addresses: HospitalEdge.Addresses) throws -> NetworkAddress { try #require(addresses.https) }

    @Test(arguments: [[], Array("\u{16}\u{3}\u{1}".utf8)])
    func idleConnectionsWithoutACredentialDoNotShutOutADoctor(saying bytes: [UInt8]) async throws {
        let fixture = try await EdgeFixture.open()
        let doors = DoorBoard(time: fixture.world.time, logger: fixture.logger)
        try await fixture.withEdge(https: try fixture.https(), doors: doors, limits: https()) { _, addresses in
            let crowd = Crowd(at: try address(addresses))
            defer { crowd.leave() }
            try await crowd.come(40, saying: bytes)
            let door = try #require(doors.all.first).door
            try await soon("all places of strangers are taken") { door.counts.unproven == 16 }
            try await withClients(1, fixture, addresses) { client in
                let first = try await client.send(.GET, Self.question)
                #expect(first.status != 401 && door.counts.proven == 1)
                // They come again, and take nothing from whoever has proved itself.
                try await crowd.come(40, saying: bytes)
                let second = try await client.send(.GET, Self.question)
                #expect(second.status != 401 && door.counts.proven == 1)
            }
            // On a busy machine some have been there for so long that their time was up before their place was needed.
            try await soon("all of them have come") {
                let figures = door.figures
                return figures.refusals["made_room", default: 0] + figures.deadlines.values.reduce(0, +) >= 60
            }
        }
    }

    @Test func twoHundredDoctorsBehindOneAddressAreAllAnswered() async throws {
        let fixture = try await EdgeFixture.open()
        let doors = DoorBoard(time: fixture.world.time, logger: fixture.logger)
        try await fixture.withEdge(https: try fixture.https(), doors: doors) { _, addresses in
            let crowd = Crowd(at: try address(addresses))
            defer { crowd.leave() }
            try await crowd.come(300)
            // Ten at a time open their connections, and all keep them until the last has been answered.
            try await withClients(200, lanes: 10, fixture, addresses) { client in
                let described = try await client.send(.GET, "/metadata")
                let asked = try await client.send(.GET, Self.question)
                #expect(described.status == 200 && ![401, 429].contains(asked.status))
            }
            let figures = try #require(doors.all.first).door.figures
            #expect(figures.refusals.values.allSatisfy { $0 == 0 }, "\(figures.refusals)")
        }
    }

    /// Each with connections of its own, which stay open until all are done.
    private func withClients(
        _ count: Int, lanes: Int = 1, _ fixture: EdgeFixture, _ addresses: HospitalEdge.Addresses,
        _ body: @escaping @Sendable (FHIRClient) async throws -> Void
    ) async throws {
        var configuration = HTTPClient.Configuration(tlsConfiguration: try trusting(fixture))
        configuration.timeout.connect = .seconds(20)
        let base = addresses.fhirBaseURL ?? ""
        let clients = (0..<count).map { _ in
            HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        }
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<lanes {
                    group.addTask {
                        for number in stride(from: lane, to: count, by: lanes) {
                            try await body(FHIRClient(client: clients[number], base: base))
                        }
                    }
                }
                try await group.waitForAll()
            }
            result = .success(())
        } catch { result = .failure(error) }
        for client in clients { try await client.shutdown() }
        try result.get()
    }

    @Test func eachPhaseOfAStrangersConnectionEndsAtItsDeadline() async throws {
        let fixture = try await EdgeFixture.open()
        let doors = DoorBoard(time: fixture.world.time, logger: fixture.logger)
        let limits = https {
            $0.deadlines.tlsMilliseconds = 400
            $0.deadlines.proofMilliseconds = 800
        }
        try await fixture.withEdge(https: try fixture.https(), doors: doors, limits: limits) { _, addresses in
            let tls = try NIOSSLContext(configuration: try trusting(fixture))
            let (silent, headless, bodiless) = (
                Crowd(at: try address(addresses)), Crowd(at: try address(addresses)), Crowd(at: try address(addresses))
            )
            try await silent.come(2)
            let line = "GET /fhir/metadata HTTP/1.1\r\nHost: h\r\nX-Slow: "
            try await headless.come(2, saying: Array(line.utf8), tls: tls)
            let head = "POST /fhir HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{"
            try await bodiless.come(2, saying: Array(head.utf8), tls: tls)
            try await soon("all are gone") {
                headless.say([0x61])
                bodiless.say([0x20])
                return silent.open + headless.open + bodiless.open == 0
            }
            let door = try #require(doors.all.first).door
            #expect(door.figures.deadlines == [.tls: 2, .silence: 2, .message: 2])
            try await soon("their places are free") { door.counts == (0, 0) }
            #expect(bodiless.heard.count { $0.hasPrefix("HTTP/1.1 401 ") } == 2)
        }
    }

    @Test func bodiesOfAllListenersStayWithinTheirBudget() async throws {
        let fixture = try await EdgeFixture.open()
        let doors = DoorBoard(time: fixture.world.time, logger: fixture.logger, budgetBytes: 3 << 20)
        try await fixture.withEdge(https: try fixture.https(), doors: doors) { _, addresses in
            let tls = try NIOSSLContext(configuration: try trusting(fixture))
            let crowd = Crowd(at: try address(addresses))
            defer { crowd.leave() }
            let head =
                "POST /fhir HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(FHIRClient.token)\r\n"
                + "Content-Type: application/fhir+json\r\nContent-Length: 1048576\r\n\r\n{"
            try await crowd.come(12, saying: Array(head.utf8), tls: tls)
            func refused() -> [String] { crowd.heard.filter { $0.hasPrefix("HTTP/1.1 503 ") } }
            try await soon("those that have no room are told so") { refused().count == 9 }
            #expect(refused().allSatisfy { $0.lowercased().contains("retry-after") })
            #expect(doors.budget.figures.mostHeldBytes <= 3 << 20)
            try await withClients(1, fixture, addresses) { client in
                let asked = try await client.send(.GET, Self.question)
                #expect(asked.status < 500, "what is short is answered")
            }
        }
        #expect(doors.budget.figures.heldBytes == 0)
    }

    @Test func whoExpectsAWordBeforeItsBodyGetsOne() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withEdge(https: try fixture.https()) { _, addresses in
            let tls = try NIOSSLContext(configuration: try trusting(fixture))
            func first(_ authorization: String, _ expectation: String) async throws -> String {
                let head =
                    "POST /fhir HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(authorization)\r\n"
                    + "Content-Type: application/fhir+json\r\nExpect: \(expectation)\r\nContent-Length: 10\r\n\r\n"
                return try await FHIRClient.raw(head, to: try address(addresses), tls: tls)
            }
            #expect(try await first(FHIRClient.token, "100-continue").hasPrefix("HTTP/1.1 100 "))
            let refused = try await first("nobody's", "100-continue")
            #expect(refused.hasPrefix("HTTP/1.1 401 ") && refused.lowercased().contains("connection: close"))
            #expect(try await first(FHIRClient.token, "miracles").hasPrefix("HTTP/1.1 417 "))
        }
    }

    @Test func wrongTokensAreCountedAndStoppedAndTheRightOneIsTakenAllTheSame() async throws {
        let fixture = try await EdgeFixture.open()
        let doors = DoorBoard(time: fixture.world.time, logger: fixture.logger)
        try await fixture.withEdge(https: try fixture.https(), doors: doors) { _, addresses in
            try await withClients(1, fixture, addresses) { client in
                var statuses: [Int] = []
                for _ in 0..<(Limits.wrongTokensPerMinute + 5) {
                    statuses.append(try await client.send(.GET, Self.question, token: "nobody's").status)
                }
                #expect(statuses.count { $0 == 401 } == Limits.wrongTokensPerMinute)
                #expect(statuses.suffix(5).allSatisfy { $0 == 429 })
                let right = try await client.send(.GET, Self.question)
                #expect(![401, 429].contains(right.status))
            }
            #expect(try #require(doors.all.first).refusals["wrong_token"] == Limits.wrongTokensPerMinute + 5)
        }
    }

    @Test func theHostOfARequestIsNotRepeated() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withClient { client in
            let answer = try await client.send(.GET, "/metadata", headers: ["Host": "attacker.example"])
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(answer.status == 200 && !text.contains("attacker.example"))
            #expect(text.contains(client.base))
        }
    }

    @Test func noSuiteWithCBCIsSpoken() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withEdge(https: try fixture.https()) { _, addresses in
            var old = try trusting(fixture)
            old.maximumTLSVersion = .tlsv12
            let request = "GET /fhir/metadata HTTP/1.1\r\nHost: h\r\n\r\n"
            let good = try NIOSSLContext(configuration: old)
            #expect(
                try await FHIRClient.raw(request, to: try address(addresses), tls: good).hasPrefix("HTTP/1.1 200 "))
            old.cipherSuiteValues = [
                .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, .TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
                .TLS_RSA_WITH_AES_128_CBC_SHA,
            ]
            let bad = try NIOSSLContext(configuration: old)
            await #expect(throws: (any Error).self) {
                guard try await FHIRClient.raw(request, to: try address(addresses), tls: bad).isEmpty else { return }
                throw Failure("test.refused", "the connection was closed without a word")
            }
        }
    }

    // MARK: MLLP

    @Test(arguments: [true, false])
    func aStalledFrameIsEndedAtItsDeadlineHoweverItIsDripped(drips: Bool) async throws {
        let fixture = try await EdgeFixture.open()
        let doors = DoorBoard(time: fixture.world.time, logger: fixture.logger)
        var limits = HospitalEdge.Limitations()
        limits.mllp.deadlines.messageMilliseconds = 500
        try await fixture.withEdge(mllp: [try fixture.listener()], doors: doors, limits: limits) { _, addresses in
            let crowd = Crowd(at: try #require(addresses.mllp.first).address)
            try await crowd.come(3, saying: [0x0B] + Array("MSH|^~\\&|".utf8))
            try await soon("they are gone") {
                if drips { crowd.say([0x41]) }
                return crowd.open == 0
            }
            let door = try #require(doors.all.first).door
            #expect(door.figures.deadlines == [.message: 3])
            try await soon("their places are free") { door.counts == (0, 0) }
        }
    }

    @Test func aSenderThatTakesNoAnswersIsEndedToo() async throws {
        let fixture = try await EdgeFixture.open()
        let doors = DoorBoard(time: fixture.world.time, logger: fixture.logger)
        var limits = HospitalEdge.Limitations()
        limits.mllp.deadlines.answerMilliseconds = 300
        try await fixture.withEdge(mllp: [try fixture.listener()], doors: doors, limits: limits) { _, addresses in
            let mute = try await Mute.connect(to: try #require(addresses.mllp.first).address)
            // Each is refused with an answer that nobody reads, until the buffers of both sides are full.
            let id = String(repeating: "I", count: 20_000)
            let message = MLLPEncoder.frame(Array("MSH|^~\\&|A|B|C|D|20261130||ORU^R01|\(id)|P|2.5.1\r".utf8))
            let frames = Array(repeating: message, count: 20).flatMap { $0 }
            let door = try #require(doors.all.first).door
            try await soon("its deadline has passed", tries: 4_000) {
                mute.say(frames)
                return door.figures.deadlines[.answer] == 1
            }
            try await soon("its place is free") { door.counts == (0, 0) }
        }
    }

    @Test func openFramesStayWithinTheBudgetAndShortMessagesAreTaken() async throws {
        let fixture = try await EdgeFixture.open()
        let doors = DoorBoard(time: fixture.world.time, logger: fixture.logger, budgetBytes: 256 << 10)
        try await fixture.withEdge(mllp: [try fixture.listener()], doors: doors) { _, addresses in
            let address = try #require(addresses.mllp.first).address
            let crowd = Crowd(at: address)
            defer { crowd.leave() }
            let beginning = [0x0B] + Array(ORU.text(id: "LONG").utf8) + [UInt8](repeating: 0x41, count: 64 << 10)
            try await crowd.come(20, saying: beginning)
            try await soon("there is no room for more of them") { doors.budget.figures.refused >= 10 }
            crowd.say([0x1C, 0x0D])
            try await soon("those that had none are told so") { crowd.heard.count { $0.contains("MSA|AE|LONG") } >= 10 }
            #expect(crowd.heard.contains { $0.contains("try again") })
            #expect(doors.budget.figures.mostHeldBytes <= 256 << 10)
            let answers = try await MLLPClient.exchange(
                [MLLPEncoder.frame(ORU.bytes(id: "M0", filler: "F0"))], with: address, count: 1)
            #expect(answers.map(MLLPClient.code) == ["AA M0"])
        }
    }

    @Test func strangersBehindTheSendersAddressDoNotShutItOut() async throws {
        let fixture = try await EdgeFixture.open()
        let doors = DoorBoard(time: fixture.world.time, logger: fixture.logger)
        var limits = HospitalEdge.Limitations()
        limits.mllp.caps.graceMilliseconds = 0
        let listeners = [try fixture.listener(), try fixture.listener()]
        try await fixture.withEdge(mllp: listeners, doors: doors, limits: limits) { _, addresses in
            let address = addresses.mllp[0].address
            let crowd = Crowd(at: address)
            defer { crowd.leave() }
            try await crowd.come(100, saying: [0x0B, 0x4D])
            for (number, place) in [address, addresses.mllp[1].address].enumerated() {
                let frame = MLLPEncoder.frame(ORU.bytes(id: "M\(number)", filler: "F\(number)"))
                let answers = try await MLLPClient.exchange([frame], with: place, count: 1)
                #expect(answers.map(MLLPClient.code) == ["AA M\(number)"])
            }
            #expect(doors.all[1].door.figures.refusals.isEmpty, "each listener has places of its own")
        }
    }

    @Test func whoHasSentAMessageKeepsItsPlaceAndItsConnection() async throws {
        let fixture = try await EdgeFixture.open()
        let doors = DoorBoard(time: fixture.world.time, logger: fixture.logger)
        var limits = HospitalEdge.Limitations()
        limits.mllp.caps.graceMilliseconds = 0
        try await fixture.withEdge(mllp: [try fixture.listener()], doors: doors, limits: limits) { _, addresses in
            let address = try #require(addresses.mllp.first).address
            let (system, crowd) = (Crowd(at: address), Crowd(at: address))
            defer {
                system.leave()
                crowd.leave()
            }
            try await system.come(1, saying: MLLPEncoder.frame(ORU.bytes(id: "M0", filler: "F0")))
            try await soon("it is answered") { system.heard.count == 1 }
            try await crowd.come(200)
            system.say(MLLPEncoder.frame(ORU.bytes(id: "M1", filler: "F1")))
            try await soon("it is answered again") { system.heard.count == 2 }
            #expect(system.heard.allSatisfy { $0.contains("MSA|AA|") })
        }
    }

    @Test func connectionsFromElsewhereAreClosedBeforeAnythingIsDoneForThem() async throws {
        let fixture = try await EdgeFixture.open()
        let doors = DoorBoard(time: fixture.world.time, logger: fixture.logger)
        let listener = try fixture.listener(clients: ["10.0.0.0/8"])
        try await fixture.withEdge(mllp: [listener], doors: doors) { _, addresses in
            let crowd = Crowd(at: try #require(addresses.mllp.first).address)
            try await crowd.come(50)
            try await soon("they are gone") { crowd.open == 0 }
            let door = try #require(doors.all.first)
            #expect(door.door.figures.admitted == 0)
            #expect(door.refusals["not_allowed"] == 50)
        }
    }
}

/// A sender that reads nothing.
private struct Mute {
    let channel: any Channel

    static func connect(to address: NetworkAddress) async throws -> Mute {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .channelOption(.socketOption(.so_rcvbuf), value: 4_096)
            .connect(host: address.host, port: Int(address.port)).get()
        return Mute(channel: channel)
    }

    func say(_ bytes: [UInt8]) {
        guard channel.isWritable else { return }
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }
}
