package import Effects
package import Logging

/// Work that a service does now and again for as long as its node runs.
package struct RepeatedWork: Sendable {
    private let complaint: Logger.Message
    private let intervalMilliseconds: Int64
    private let world: World
    private let logger: Logger

    /// - Parameter complaint: what the log says where it fails.
    package init(
        _ complaint: Logger.Message, everyMilliseconds interval: Int64, world: World, logger: Logger
    ) {
        self.complaint = complaint
        intervalMilliseconds = interval
        self.world = world
        self.logger = logger
    }

    /// Works now and then after each interval, until the task is cancelled.
    ///
    /// - Throws: what stops the node (``Effects/Failure/stopsTheNode``). Everything else is logged and tried again.
    package func run(_ work: () async throws -> Void) async throws {
        while true {
            _ = try await world.attempt(complaint, logger: logger) { try await work() }
            try await world.time.sleep(milliseconds: intervalMilliseconds)
        }
    }
}
