import Doors
import Effects
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import Edge

@Suite("Requests that share a connection")
struct StreamVisitTests {
    private func visit(_ channel: EmbeddedChannel) throws -> (Visit, ListenerDoor) {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let door = DoorBoard(time: World.system.time, logger: logger).door("console", .https)
        try channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 1)).wait()
        return (try door.enter(channel, phase: .silence), door)
    }

    @Test("who has proved nothing has so many at a time, and one more ends the connection")
    func many() throws {
        let channel = EmbeddedChannel()
        let (visit, door) = try visit(channel)
        for _ in 0..<Limits.unprovenStreams { _ = visit.beginStream(on: channel.embeddedEventLoop) }
        visit.endStream(wasServed: false)
        _ = visit.beginStream(on: channel.embeddedEventLoop)
        #expect(channel.isActive && door.refusals["too_many_requests", default: 0] == 0)
        _ = visit.beginStream(on: channel.embeddedEventLoop)
        #expect(!channel.isActive && door.refusals["too_many_requests"] == 1)
    }

    @Test("whoever has proved who it is may have more")
    func proven() throws {
        let channel = EmbeddedChannel()
        let (visit, _) = try visit(channel)
        #expect(visit.prove("account wu"))
        for _ in 0..<Limits.unprovenStreams * 2 { _ = visit.beginStream(on: channel.embeddedEventLoop) }
        #expect(channel.isActive)
        try channel.close().wait()
    }
}
