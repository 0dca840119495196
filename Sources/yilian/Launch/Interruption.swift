import Effects
import UnixSignals

/// Turns SIGINT and SIGTERM into the cancellation of what is running.
enum Interruption {
    /// Runs `body`; a signal cancels it, and it may still tidy up.
    static func stopping(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { return false }
                return false
            }
            group.addTask {
                try await body()
                return true
            }
            while let isDone = try await group.next() {
                group.cancelAll()
                if isDone { return }
            }
        }
    }
}
