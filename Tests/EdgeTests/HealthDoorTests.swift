import AsyncHTTPClient
import Doors
import Effects
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Regions
import Testing

@testable import Edge

@Suite("What strangers do at the health port")
struct HealthDoorTests {
    @Test func healthAnswersWhileStrangersFillItsPortAndTheProcessHasNoDescriptorLeft() async throws {
        let world = World.system
        let house = DoorHouse(connections: 0)
        let doors = DoorBoard(time: world.time, logger: Self.silent)
        let (health, other) = (doors.door("health", .health, house: nil), doors.door("https", .https, house: house))
        try await serving(health) { healthPort in
            try await serving(other) { otherPort in
                let crowd = Crowd(at: NetworkAddress(host: "127.0.0.1", port: otherPort))
                try await crowd.come(5)
                try await soon("nobody is let in elsewhere") { crowd.open == 0 }
                #expect(other.door.figures.refusals["no_descriptors"] == 5)
                #expect(other.refusals["no_descriptors"] == 5)
            }
            let crowd = Crowd(at: NetworkAddress(host: "127.0.0.1", port: healthPort))
            defer { crowd.leave() }
            for _ in 0..<10 {
                try await crowd.come(40, saying: Array("GET /healthz HTTP/1.1\r\nX: ".utf8))
                // A new one each time: it comes as a stranger does.
                let answer = try await HTTPClient.withHTTPClient { client in
                    try await client.execute(
                        HTTPClientRequest(url: "http://127.0.0.1:\(healthPort)/healthz"), timeout: .seconds(60))
                }
                #expect(answer.status == .ok)
            }
            #expect(health.door.counts.unproven <= Limits.healthConnections)
        }
    }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Serves "ok" behind a door while `body` runs with the port.
    private func serving(_ door: ListenerDoor, _ body: @escaping @Sendable (UInt16) async throws -> Void) async throws {
        let bound = Announcement<UInt16>()
        let application = Application(
            responder: CallbackResponder { (_: Request, _: BasicRequestContext) in Response(status: .ok) },
            server: HTTPServerBuilder { HTTPChannel(responder: $0, door: door) },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in bound.give(UInt16(channel.localAddress?.port ?? 0)) },
            logger: Self.silent)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            try await body(try await bound.get())
            group.cancelAll()
            do { try await group.waitForAll() } catch is CancellationError {}
        }
    }
}
