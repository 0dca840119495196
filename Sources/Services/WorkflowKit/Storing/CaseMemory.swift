import Effects
import Ledgers
package import ServiceKit
import Storage

/// Forgets the bookkeeping of cases that were closed long ago: which order made them, whom they were shared with, and what
/// hospitals' systems were told.
///
/// A refold tells and shares nothing a second time that came before the last forgetting; the order numbers that it notes
/// again go with the next one.
package struct CaseMemory<W: Workflow>: Sendable {
    private let context: NodeContext

    package init(_ context: NodeContext) { self.context = context }

    /// Works until the task is cancelled.
    package func run() async throws {
        let work = RepeatedWork(
            "closed cases could not be forgotten", everyMilliseconds: Limits.forgettingMilliseconds,
            world: context.world, logger: context.logger)
        try await work.run { try await forget() }
    }

    /// - Returns: of how many cases something was forgotten.
    @discardableResult
    package func forget() async throws -> Int {
        let end = context.now.advanced(byMilliseconds: -Limits.bookkeepingMilliseconds)
        var (count, last) = (0, Place(madeAt: .min, id: ""))
        while true {
            let after = last
            let page = try await context.ledger.read { try Self.page(before: end, after: after, in: $0) }
            guard let newest = page.last else { return count }
            try await context.ledger.write(lane: .bulk) { transaction in
                for place in page { try Self.forget(place.id, before: end, in: transaction.sql) }
            }
            count += page.count
            last = newest
        }
    }

    /// Before when what has come is not noted again.
    static func forgotten(in sql: any SQLTransaction) throws -> WallTime? {
        try sql.row("SELECT before FROM case_forgotten WHERE workflow = $1", [W.table.name]).map {
            WallTime(milliseconds: try $0.integer(0))
        }
    }

    private struct Place {
        var madeAt: Int64
        var id: String
    }

    /// Closed cases of which something is kept and nothing has come since.
    private static func page(before end: WallTime, after last: Place, in sql: any SQLTransaction) throws -> [Place] {
        try sql.rows(
            """
            SELECT s.made_at, s.case_id FROM case_state s
            WHERE s.workflow = $1 AND s.is_open = 0 AND s.made_at < $2
                AND (s.made_at > $3 OR s.made_at = $3 AND s.case_id > $4)
                AND NOT EXISTS (
                    SELECT 1 FROM case_event e
                    WHERE e.workflow = s.workflow AND e.case_id = s.case_id AND e.received_at >= $2)
                AND (EXISTS (SELECT 1 FROM case_order o WHERE o.workflow = s.workflow AND o.case_id = s.case_id)
                    OR EXISTS (
                        SELECT 1 FROM case_answer a
                        WHERE a.workflow = s.workflow AND a.case_id = s.case_id AND a.state = $5)
                    OR EXISTS (
                        SELECT 1 FROM case_event e JOIN case_share h ON h.entry = e.entry
                        WHERE e.workflow = s.workflow AND e.case_id = s.case_id))
            ORDER BY s.made_at, s.case_id LIMIT $6
            """,
            [
                W.table.name, end.milliseconds, last.madeAt, last.id, CaseAnswers<W>.toldState, Limits.forgettingPage,
            ]
        ).map { Place(madeAt: try $0.integer(0), id: try $0.text(1)) }
    }

    private static func forget(_ id: String, before end: WallTime, in sql: any SQLTransaction) throws {
        try sql.execute("DELETE FROM case_order WHERE workflow = $1 AND case_id = $2", [W.table.name, id])
        try sql.execute(
            "DELETE FROM case_answer WHERE workflow = $1 AND case_id = $2 AND state = $3",
            [W.table.name, id, CaseAnswers<W>.toldState])
        try sql.execute(
            """
            DELETE FROM case_share WHERE entry IN (SELECT entry FROM case_event WHERE workflow = $1 AND case_id = $2)
            """, [W.table.name, id])
        try sql.execute(
            """
            INSERT INTO case_forgotten (workflow, before) VALUES ($1, $2)
            ON CONFLICT (workflow) DO UPDATE SET before = $2
            """, [W.table.name, end.milliseconds])
    }
}
