import Effects
import FHIR
import HL7
import Hummingbird
import Recognition
import Regions
import Testing

@testable import Edge

@Suite("The hospital's side of a node")
struct HospitalEdgeTests {
    @Test func aMessageInHandIsFinishedAndAnsweredWhenTheNodeStops() async throws {
        let fixture = try await EdgeFixture.open()
        let entered = Wakeup()
        let released = Wakeup()
        let intake = try fixture.intake { store in
            let publish = store.publish
            store.publish = { submissions, receipt, answer in
                entered.wake()
                // As a ledger does that is in the middle of a commit: it does not hear of the cancellation.
                await released.wait(since: 0, isCancellable: false)
                return try await publish(submissions, receipt, answer)
            }
        }
        let server = MLLPServer(
            listener: try fixture.listener(), tls: nil, intake: intake, door: fixture.door(), logger: fixture.logger)
        let bound = Announcement<NetworkAddress>()
        let answers = try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
            group.addTask {
                try await withThrowingTaskGroup(of: Void.self) { inner in
                    inner.addTask { try await server.run { bound.give($0) } }
                    await entered.wait(since: 0)
                    inner.cancelAll()
                    released.wake()
                    do { try await inner.waitForAll() } catch is CancellationError {}
                    return []
                }
            }
            group.addTask {
                let frames = ["A", "B"].map { MLLPEncoder.frame(ORU.bytes(id: $0, filler: $0)) }
                return try await MLLPClient.exchange([Array(frames.joined())], with: try await bound.get(), count: 2)
            }
            var all: [[UInt8]] = []
            for try await part in group { all += part }
            return all
        }
        #expect(answers.map(MLLPClient.code) == ["AA A"])
        #expect(try await fixture.node.service(RecognitionService.self).counts().versions == 1)
    }

    @Test(.timeLimit(.minutes(3)))
    func stoppingEndsTheRunAlthoughAClientStaysConnected() async throws {
        let fixture = try await EdgeFixture.open()
        let https = try fixture.https()
        try await fixture.withClient { client in
            // `withEdge` returns when the run has ended; the client's connection is still open then.
            let base = try await fixture.withEdge(https: https) { edge, addresses in
                let other = FHIRClient(client: client.client, base: addresses.fhirBaseURL ?? "")
                let answer = try await other.send(.GET, "/metadata")
                #expect(answer.status == 200)
                edge.stop()
                return addresses.fhirBaseURL ?? ""
            }
            let other = FHIRClient(client: client.client, base: base)
            await #expect(throws: (any Error).self) { try await other.send(.GET, "/metadata") }
        }
    }

    @Test func cancellingEndsTheRun() async throws {
        let fixture = try await EdgeFixture.open()
        let folder = fixture.folder
        let edge = try await HospitalEdge.open(
            node: fixture.node, mllp: [try fixture.listener()], https: try fixture.https(),
            certificate: fixture.certificate, resolve: { folder + "/" + $0 }, world: fixture.world,
            logger: fixture.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await edge.run() }
            _ = try await edge.addresses
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test func aPortThatIsTakenIsToldToWhoeverAsksForTheAddresses() async throws {
        let fixture = try await EdgeFixture.open()
        try await fixture.withEdge(mllp: [try fixture.listener()]) { _, addresses in
            var listener = try fixture.listener()
            listener.listen = try #require(addresses.mllp.first).address
            let second = try await HospitalEdge.open(
                node: fixture.node, mllp: [listener], world: fixture.world, logger: fixture.logger)
            await #expect(throws: Failure("edge.cannotListen", "")) { try await second.run() }
            await #expect(throws: Failure("edge.cannotListen", "")) { _ = try await second.addresses }
        }
    }

    @Test func whatIsNotThisNodesStopsTheStart() async throws {
        let fixture = try await EdgeFixture.open()
        var listener = try fixture.listener()
        listener.institution = .unit(try OrgUnitID("foreign-hospital"))
        await #expect(throws: Failure("edge.otherNode", "")) {
            _ = try await HospitalEdge.open(
                node: fixture.node, mllp: [listener], world: fixture.world, logger: fixture.logger)
        }
        let https = HTTPSListener(listen: NetworkAddress(host: "127.0.0.1", port: 0))
        await #expect(throws: Failure("edge.certificate", "")) {
            _ = try await HospitalEdge.open(
                node: fixture.node, mllp: [], https: https, world: fixture.world, logger: fixture.logger)
        }
    }

    @Test func addressesOutsideOfFHIRAreAnsweredByWhoeverIsGiven() async throws {
        let fixture = try await EdgeFixture.open()
        let folder = fixture.folder
        let edge = try await HospitalEdge.open(
            node: fixture.node, mllp: [], https: try fixture.https(), certificate: fixture.certificate,
            resolve: { folder + "/" + $0 }, world: fixture.world, logger: fixture.logger,
            other: { request, _ in
                Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: request.uri.path)))
            })
        try await fixture.withClient { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await edge.run() }
                let address = try #require(try await edge.addresses.https)
                let other = FHIRClient(client: client.client, base: "https://\(address)")
                let answer = try await other.send(.GET, "/console/peers", token: nil)
                #expect(String(decoding: answer.body, as: UTF8.self) == "/console/peers")
                let own = try await other.send(.GET, "/fhir/metadata", token: nil)
                #expect(own.type == "CapabilityStatement")
                edge.stop()
                try await group.waitForAll()
            }
        }
    }
}
