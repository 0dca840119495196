import Effects
import Storage

/// Forgets messages that are older than the node keeps them, a few at a time.
///
/// What a message brought stays in the ledger; only its answer goes. Its repetition is then judged on its content, which
/// makes it a duplicate of what is here.
package struct MessagePruning: Sendable {
    private let context: NodeContext

    package init(_ context: NodeContext) { self.context = context }

    /// How many one transaction forgets, so that no sender waits for it.
    static let stepCount = 500
    private static let intervalMilliseconds: Int64 = 3_600_000
    private static let dayMilliseconds: Int64 = 86_400_000

    /// Forgets what is too old, now and every hour, until the task is cancelled.
    package func run() async throws {
        let work = RepeatedWork(
            "old messages could not be forgotten", everyMilliseconds: Self.intervalMilliseconds,
            world: context.world, logger: context.logger)
        try await work.run { try await prune() }
    }

    /// Forgets everything that is too old now.
    ///
    /// - Returns: how many messages were forgotten.
    @discardableResult
    package func prune() async throws -> Int {
        let age = Int64(context.messageRetentionDays) * Self.dayMilliseconds
        let limit = context.now.advanced(byMilliseconds: -age).milliseconds
        var total = 0
        while true {
            let count = try await context.ledger.write(lane: .bulk) { try Self.step(before: limit, in: $0.sql) }
            total += count
            guard count == Self.stepCount else { return total }
        }
    }

    private static func step(before limit: Int64, in sql: any SQLTransaction) throws -> Int {
        let old = try sql.rows(
            "SELECT source, message, digest FROM received_message WHERE received_at < $1 ORDER BY received_at LIMIT $2",
            [limit, stepCount])
        for row in old {
            try sql.execute(
                "DELETE FROM received_message WHERE source = $1 AND message = $2 AND digest = $3",
                [try row.text(0), try row.text(1), try row.bytes(2)])
        }
        return old.count
    }
}
