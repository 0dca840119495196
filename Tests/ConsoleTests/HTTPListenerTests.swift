import Edge
import Effects
import Hummingbird
import Logging
import Testing

@testable import Console

@Suite("A listener for the operator", .timeLimit(.minutes(1)))
struct HTTPListenerTests {
    private func listener(_ place: HTTPListener.Place) -> HTTPListener {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let door = DoorBoard(time: World.system.time, logger: logger).door("test", .socket, owner: "test")
        return HTTPListener(place, door: door, logger: logger, router: Router(context: BasicRequestContext.self))
    }

    @Test("everybody who asks is told where it listens, before and after it does")
    func everybody() async throws {
        let listener = listener(.plain(host: "127.0.0.1", port: 0))
        try await withThrowingTaskGroup(of: Int?.self) { group in
            for _ in 0..<4 { group.addTask { try await listener.port() } }
            group.addTask {
                try await listener.run()
                return nil
            }
            var ports: [Int?] = []
            while ports.count < 4, let port = try await group.next() { ports.append(port) }
            ports.append(try await listener.port())
            #expect(Set(ports).count == 1 && ports.first != 0, "\(ports)")
            group.cancelAll()
            do { try await group.waitForAll() } catch is CancellationError {}
        }
    }

    @Test("whoever waits for one that cannot listen is told so")
    func failed() async throws {
        let listener = listener(.socket(path: "/nowhere/\(String(repeating: "x", count: 8))/socket"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    await #expect(throws: Failure("console.cannotListen", "")) { try await listener.port() }
                }
            }
            group.addTask {
                await #expect(throws: (any Error).self) { try await listener.run() }
            }
            try await group.waitForAll()
        }
    }
}
