package import Logging

/// Everything that a node takes from outside itself except links and storage: time, randomness, disk, threads.
///
/// A world is handed down from the composition root. `SystemTime`, `SystemRandom` and `SystemDisk` make the real one;
/// tests and simulations make their own.
package struct World: Sendable {
    package var time: any TimeSource
    package var random: any RandomSource
    package var disk: any Disk
    /// Makes a worker for blocking work; the name shows in thread listings.
    package var makeWorker: @Sendable (_ name: String) -> any Worker

    package init(
        time: any TimeSource, random: any RandomSource, disk: any Disk,
        makeWorker: @escaping @Sendable (_ name: String) -> any Worker
    ) {
        self.time = time
        self.random = random
        self.disk = disk
        self.makeWorker = makeWorker
    }

    /// The real machine.
    package static let system = World(
        time: SystemTime(), random: SystemRandom(), disk: SystemDisk(), makeWorker: { ThreadWorker(name: $0) })

    package func identifier() -> String {
        random.identifier(at: time.wallTime)
    }
}

extension World {
    /// Does one round of what a node does for as long as it runs.
    ///
    /// What fails is logged, and the caller tries again later: a ``Failure`` with its code, anything else as a fault of
    /// the program, with its type and a correlation id.
    ///
    /// - Parameter complaint: what the log says where it fails.
    /// - Returns: `nil` where it failed.
    /// - Throws: what stops the node (``Failure/stopsTheNode``): a store that failed does not come back, and whoever
    ///   went on would hide it. `CancellationError`.
    package func attempt<Value: Sendable>(
        _ complaint: Logger.Message, logger: Logger, metadata: Logger.Metadata = [:],
        isolation: isolated (any Actor)? = #isolation, _ work: () async throws -> Value
    ) async throws -> Value? {
        do {
            return try await work()
        } catch let failure as Failure where failure.stopsTheNode {
            throw failure
        } catch let failure as Failure {
            logger.error(
                complaint,
                metadata: metadata.merging(["code": "\(failure.code)", "reason": "\(failure)"]) { first, _ in first })
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            let words: Logger.Metadata = [
                "code": "node.failed", "type": "\(type(of: error))", "correlation": "\(identifier())",
            ]
            logger.error(complaint, metadata: metadata.merging(words) { first, _ in first })
        }
        return nil
    }
}
