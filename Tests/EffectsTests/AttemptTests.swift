import Effects
import Logging
import Synchronization
import Testing

@Suite("One round of a node's work")
struct AttemptTests {
    private final class Lines: LogHandler, Sendable {
        let written = Mutex<[Logger.Metadata]>([])

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { nil }
            set { withExtendedLifetime((key, newValue)) {} }
        }
        var metadata: Logger.Metadata {
            get { [:] }
            set { withExtendedLifetime(newValue) {} }
        }
        var logLevel: Logger.Level {
            get { .trace }
            set { withExtendedLifetime(newValue) {} }
        }

        func log(event: LogEvent) {
            written.withLock { $0.append(event.metadata ?? [:]) }
        }
    }

    private struct Unforeseen: Error {
        var person = "a name"
    }

    private let lines = Lines()
    private var logger: Logger { Logger(label: "test") { _ in lines } }

    private func attempt(_ error: (any Error)?) async throws -> Int? {
        try await World.system.attempt("it failed", logger: logger, metadata: ["request": "a"]) {
            if let error { throw error }
            return 7
        }
    }

    @Test("gives what it made and logs nothing")
    func success() async throws {
        #expect(try await attempt(nil) == 7)
        #expect(lines.written.withLock { $0 }.isEmpty)
    }

    @Test("logs a failure with its code")
    func failure() async throws {
        #expect(try await attempt(Failure("storage.full", "the disk is full")) == nil)
        let line = try #require(lines.written.withLock { $0.first })
        #expect(line["code"] == "storage.full" && line["request"] == "a" && line["correlation"] == nil)
    }

    @Test("logs what nobody foresaw with its type and a correlation id, and not what it holds")
    func unforeseen() async throws {
        #expect(try await attempt(Unforeseen()) == nil)
        let line = try #require(lines.written.withLock { $0.first })
        #expect(line["code"] == "node.failed" && line["type"] == "Unforeseen" && line["request"] == "a")
        #expect(line["correlation"].map { "\($0)".count > 8 } == true)
        #expect(!"\(line)".contains("a name"))
    }

    @Test("ends with a store that failed, and where it is cancelled")
    func ending() async throws {
        await #expect(throws: Failure("storage.broken", "the disk failed")) {
            try await attempt(Failure("storage.broken", "the disk failed"))
        }
        await #expect(throws: CancellationError.self) { try await attempt(CancellationError()) }
        #expect(lines.written.withLock { $0 }.isEmpty)
    }
}
