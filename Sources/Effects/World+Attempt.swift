package import Logging

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
