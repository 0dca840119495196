package import Effects
package import Logging

/// Work that a service does now and again for as long as its node runs.
package struct RepeatedWork: Sendable {
    private let complaint: Logger.Message
    private let intervalMilliseconds: Int64
    private let time: any TimeSource
    private let logger: Logger

    /// - Parameter complaint: what the log says where it fails.
    package init(
        _ complaint: Logger.Message, everyMilliseconds interval: Int64, time: any TimeSource, logger: Logger
    ) {
        self.complaint = complaint
        intervalMilliseconds = interval
        self.time = time
        self.logger = logger
    }

    /// Works now and then after each interval, until the task is cancelled.
    ///
    /// - Throws: what stops the node (``Effects/Failure/stopsTheNode``): a store that failed does not come back, and
    ///   whoever went on would hide it. Everything else is logged and tried again.
    package func run(_ work: () async throws -> Void) async throws {
        while true {
            do { try await work() } catch let failure as Failure where !failure.stopsTheNode {
                logger.warning(complaint, metadata: ["code": "\(failure.code)"])
            }
            try await time.sleep(milliseconds: intervalMilliseconds)
        }
    }
}
