import Effects
import Ledgers
import Regions
import Storage

/// Carries out what a home has to do about a case, one event after the other in one command.
struct HomeRun<W: Workflow> {
    let rule: HomeRule<W>
    let transaction: LedgerTransaction

    /// Does everything that is due now.
    ///
    /// - Returns: when something will be due next, and what was done, for the log.
    func attend(to id: CaseID<W>) throws -> (due: WallTime?, done: [String]) {
        let writer = CaseWriter<W>(transaction: transaction, configuration: rule.configuration)
        var done: [String] = []
        while let record = try CaseTable<W>.record(id, in: transaction.sql) {
            let decision = try rule.decision(for: record, at: transaction.now) { [rule, transaction] actor in
                try CaseTable<W>.load(of: actor, at: rule.node, in: transaction.sql)
            }
            switch decision {
            case .wait(let until):
                return (until, done)
            case .act(.open):
                guard let plan = W.table.attempts else { return (nil, done) }
                try writer.open(1, home: rule.node, of: record, as: plan.opening)
                done.append(plan.opening.rawValue)
            case .act(.move(let attempt, let move)):
                try writer.append(move.event, to: attempt, of: record, CaseAddition(of: move))
                done.append(move.event.rawValue + (move.reason.isEmpty ? "" : " (\(move.reason))"))
            }
        }
        return (nil, done)
    }
}
