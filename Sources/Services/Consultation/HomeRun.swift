import Effects
import Ledgers
import Regions
import Storage

/// Carries out what a home has to do about a request, one event after the other in one command.
struct HomeRun {
    let rule: HomeRule
    let transaction: LedgerTransaction

    /// Does everything that is due now.
    ///
    /// - Returns: when something will be due next, and what was done, for the log.
    func attend(to id: ConsultationID) throws -> (due: WallTime?, done: [String]) {
        let writer = ConsultationWriter(transaction: transaction, configuration: rule.configuration)
        var done: [String] = []
        while let record = try ConsultationTable.record(id, in: transaction.sql) {
            switch rule.decision(for: record, at: transaction.now) {
            case .wait(let until):
                return (until, done)
            case .act(let action):
                done.append(try carryOut(action, record, writer))
            }
        }
        return (nil, done)
    }

    private func carryOut(
        _ action: HomeRule.Action, _ record: ConsultationRecord, _ writer: ConsultationWriter
    ) throws -> String {
        switch action {
        case .open:
            try writer.open(1, home: rule.node, of: record)
            return "opened"
        case .offer(let attempt, let experts):
            var addition = ConsultationWriter.Addition(offeredTo: experts)
            addition.deadline = record.terms.claimDeadline(from: transaction.now)
            try writer.append(.offered, to: attempt, of: record, addition)
            return "offered"
        case .escalate(let attempt, let reason):
            try writer.append(.escalated, to: attempt, of: record, ConsultationWriter.Addition(reason: reason))
            return "escalated (\(reason.rawValue))"
        case .withdraw(let attempt):
            let addition = ConsultationWriter.Addition(reason: .reportedElsewhere)
            try writer.append(.withdrawn, to: attempt, of: record, addition)
            return "withdrawn"
        }
    }
}
