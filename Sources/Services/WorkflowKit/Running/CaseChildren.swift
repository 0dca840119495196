import Effects
import Ledgers
import ServiceKit
import Storage

/// Makes the cases that a case makes day after day (``CaseRecurrence``), where it was made and as long as it is open.
struct CaseChildren<W: Workflow> {
    let context: NodeContext

    /// How many are made in one transaction.
    private var pageCount: Int { 20 }

    /// Makes what is due.
    ///
    /// - Returns: when the next one is.
    /// - Throws: `workflow.badDay` where a day does not come after the one before; what the children's form refuses.
    func attend(to record: CaseRecord<W>) async throws -> WallTime? {
        guard !W.table.recurrences.isEmpty, record.isOpen, record.id.origin == context.node, let plan = record.creation
        else { return nil }
        var due: WallTime?
        for recurrence in W.table.recurrences where recurrence.states.contains(record.state) {
            let next = try await attend(to: record, plan, recurrence)
            due = [due, next].compactMap { $0 }.min()
        }
        return due
    }

    private func attend(
        to record: CaseRecord<W>, _ plan: CaseStep<W>, _ recurrence: CaseRecurrence<W>
    ) async throws -> WallTime? {
        let newest = try await context.ledger.read { try recurrence.newest(plan.entry, $0) }
        guard let first = try recurrence.day(after: newest, of: record) else { return nil }
        let start = first.advanced(byMilliseconds: -recurrence.leadMilliseconds)
        guard start <= context.now else { return start }
        let (region, limit) = (context.region, pageCount)
        return try await context.ledger.write(lane: .clinical, sizeBytes: Limits.textFieldBytes) { transaction in
            // What has come meanwhile counts.
            guard let record = try CaseTable<W>.record(record.id, in: transaction.sql), record.isOpen,
                recurrence.states.contains(record.state)
            else { return nil }
            var newest = try recurrence.newest(plan.entry, transaction.sql)
            for _ in 0..<limit {
                guard let day = try recurrence.day(after: newest, of: record) else { return nil }
                let start = day.advanced(byMilliseconds: -recurrence.leadMilliseconds)
                guard start <= transaction.now else { return start }
                let making = CaseRecurrence<W>.Making(
                    record: record, transaction: transaction, configuration: region.current, suite: region.suite)
                try recurrence.make(plan, day, making)
                newest = day
            }
            return transaction.now
        }
    }
}

extension CaseRecurrence {
    /// The day after one; `nil` where there is none to come.
    ///
    /// - Throws: `workflow.badDay` where it does not come after that one.
    func day(after newest: WallTime?, of record: CaseRecord<Plan>) throws -> WallTime? {
        guard let day = next(record, newest) else { return nil }
        if let newest, CaseCalendar.day(of: day) <= CaseCalendar.day(of: newest) {
            throw Failure(
                "workflow.badDay", "the days on which a \(Plan.table.noun) makes a case do not follow each other",
                place: "\(record.id)")
        }
        return day
    }
}
