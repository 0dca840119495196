import Effects
import Ledgers
import ServiceKit
import Storage

/// Forgets the bookkeeping of holds and wishes that ended long ago: what was asked of whom, whose turn it was, and whom this
/// node has told.
///
/// No refold tells it again: what was written before the last forgetting is not noted a second time. Turns that a refold
/// brings again go with the next forgetting.
struct InventoryMemory: Sendable {
    let context: NodeContext

    /// Works until the task is cancelled.
    func run() async throws {
        let work = RepeatedWork(
            "holds that ended could not be forgotten", everyMilliseconds: Limits.forgettingMilliseconds,
            world: context.world, logger: context.logger)
        try await work.run { try await forget() }
    }

    /// - Returns: how many rows went.
    @discardableResult
    func forget() async throws -> Int {
        let end = context.now.advanced(byMilliseconds: -Limits.bookkeepingMilliseconds)
        guard try await context.ledger.read({ try Self.isAnything(before: end, in: $0) }) else { return 0 }
        return try await context.ledger.write(lane: .bulk) { try Self.forget(before: end, in: $0.sql) }
    }

    /// Before when what was written is not told again.
    static func forgotten(in sql: any SQLTransaction) throws -> WallTime? {
        try sql.row("SELECT before FROM inventory_forgotten", []).map { WallTime(milliseconds: try $0.integer(0)) }
    }

    private static func isAnything(before end: WallTime, in sql: any SQLTransaction) throws -> Bool {
        let time = end.milliseconds
        return try sql.row("SELECT 1 FROM inventory_notice WHERE is_due = 0 AND told_at < $1 LIMIT 1", [time]) != nil
            || sql.row("SELECT 1 FROM inventory_asked WHERE asked_at < $1 LIMIT 1", [time]) != nil
            || sql.row("SELECT 1 FROM inventory_queue WHERE is_waiting = 0 AND until < $1 LIMIT 1", [time]) != nil
    }

    private static func forget(before end: WallTime, in sql: any SQLTransaction) throws -> Int {
        let time = end.milliseconds
        let told = try sql.execute("DELETE FROM inventory_notice WHERE is_due = 0 AND told_at < $1", [time])
        if told > 0 {
            try sql.execute("DELETE FROM inventory_forgotten", [])
            try sql.execute("INSERT INTO inventory_forgotten (before) VALUES ($1)", [time])
        }
        let asked = try sql.execute(
            """
            DELETE FROM inventory_asked WHERE asked_at < $1 AND NOT EXISTS (
                SELECT 1 FROM inventory_hold h WHERE h.hold = inventory_asked.hold AND h.is_live = 1)
            """, [time])
        let waited = try sql.execute("DELETE FROM inventory_queue WHERE is_waiting = 0 AND until < $1", [time])
        return told + asked + waited
    }
}
