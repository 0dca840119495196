import Edge
import Effects
import Foundation
import Hummingbird
import Logging

@testable import Console

/// An interface with routes of the test's own, on a real Unix socket in a folder of its own.
struct ServedRoutes {
    let folder: String
    var socket: String { folder + "/" + SocketFile.name }

    init() throws {
        folder = "/tmp/yilian-console-" + SystemRandom().identifier(at: SystemTime().wallTime).lowercased()
        try World.system.disk.createDirectory(folder, mode: 0o700)
    }

    /// Serves while `body` runs.
    func serve<Value: Sendable>(
        tokens: OperatorTokens? = nil, _ routes: (Router<BasicRequestContext>) -> Void,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: ProblemMiddleware(world: .system, logger: logger))
        if let tokens { router.add(middleware: TokenMiddleware(tokens: tokens)) }
        routes(router)
        let path = try SocketFile.path(in: folder)
        let door = DoorBoard(time: World.system.time, logger: logger).door("test", .socket, owner: "test")
        let listener = HTTPListener(.socket(path: path), door: door, logger: logger, router: router) {
            try SocketFile.restrict(path, disk: World.system.disk)
        }
        defer { try? World.system.disk.remove(folder) }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await listener.run()
                return nil
            }
            group.addTask {
                _ = try await listener.port()
                return try await body()
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw Failure("test.ended", "the listener ended before the test did")
        }
    }
}
