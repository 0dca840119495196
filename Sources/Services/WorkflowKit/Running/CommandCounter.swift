import Calls
package import Effects
import Ledgers
package import Regions
package import ServiceKit
import Storage
import Wire

/// Takes commands: carries out those whose home this node is and passes the others on to the next node on the way.
package struct CommandCounter<W: Workflow>: Sendable {
    /// What a home does before it writes a command down that is possible; what it throws refuses the command.
    package typealias Preparation = @Sendable (CaseCommand<W>, CaseAttempt<W>) async throws -> Void

    package let context: NodeContext
    private let prepare: Preparation?
    /// Asks the same of a neighbour's desk.
    private let pass: @Sendable (CaseCommand<W>, NodeID) async throws -> CaseReceipt<W>
    /// Asks a neighbour's desk for a part of a case; none where nobody reads by statement.
    let passReading: ReadingRoom<W>.Pass?

    package init(
        context: NodeContext, passReading: ReadingRoom<W>.Pass? = nil, prepare: Preparation? = nil,
        pass: @escaping @Sendable (CaseCommand<W>, NodeID) async throws -> CaseReceipt<W>
    ) {
        self.context = context
        self.passReading = passReading
        self.prepare = prepare
        self.pass = pass
    }

    /// What a desk answers to a neighbour who reads a case by statement.
    package var reader: ReadingRoom<W> { ReadingRoom(context: context, pass: passReading) }

    /// Carries a command out, or has it carried out.
    ///
    /// - Parameter caller: the neighbour that brought it; `nil` for somebody at this node.
    /// - Throws: the workflow's code of ``CaseFault/notEntitled`` where it comes from elsewhere than it says; what the home
    ///   refuses it with; `workflow.unmatched` where the home has started and not heard of its parent yet; `call.…` where the
    ///   home cannot be reached: then nothing is known of what became of it, and the same command may be sent again.
    package func perform(_ command: CaseCommand<W>, caller: NodeID?) async throws -> CaseReceipt<W> {
        try command.check()
        let tree = context.tree
        guard tree.leads(from: command.origin, over: caller, to: context.node) else {
            throw W.table.failure(
                .notEntitled, "the command does not come from \(command.origin), as it says",
                remedy: "act at the node where the actor works")
        }
        if command.home == context.node { return try await carryOut(command) }
        guard let next = tree.onward(from: context.node, to: command.home, after: caller) else {
            throw W.table.failure(.noHome, "no way leads to the \(W.table.noun)'s home \(command.home)")
        }
        return try await pass(command, next)
    }

    private func carryOut(_ command: CaseCommand<W>) async throws -> CaseReceipt<W> {
        let region = context.region
        guard let signed = command.signed, signed.isSigned(by: region), try signed.says(command, suite: region.suite)
        else {
            throw W.table.failure(
                .unsigned, "the command is not signed by \(command.origin), where its actor sits",
                remedy: "send it from that node; if it was, compare the region configurations of both")
        }
        if W.table.rule(of: command.role)?.isRegistered == true {
            try context.check(practitioner: command.actor, of: "", at: command.origin)
        }
        try await HomeWitness<W>(witness: context.witness).require()
        if let prepare {
            let now = context.now
            let rule = try await context.ledger.read { try self.rule(of: command, at: now, in: $0) }
            if case .append = try rule.decision(suite: region.suite) { try await prepare(command, rule.attempt) }
        }
        return try await context.ledger.write(lane: .clinical, sizeBytes: Limits.textFieldBytes) { transaction in
            let rule = try self.rule(of: command, at: transaction.now, in: transaction.sql)
            let (record, attempt) = (rule.record, rule.attempt)
            switch try rule.decision(suite: region.suite) {
            case .duplicate(let step):
                return rule.receipt(step.entry, time: step.authorTime, state: attempt.state, isDuplicate: true)
            case .append(let event, let state, let addition):
                let writer = CaseWriter<W>(transaction: transaction, configuration: region.current)
                let entry = try writer.append(event, to: attempt, of: record, addition)
                return rule.receipt(entry, time: transaction.now, state: state, isDuplicate: false)
            }
        }
    }

    /// Whether a command is possible at this home, as it knows the case.
    private func rule(
        of command: CaseCommand<W>, at now: WallTime, in sql: any SQLTransaction
    ) throws -> CommandRule<W> {
        guard let record = try CaseTable<W>.record(command.id, in: sql) else { throw W.table.unknown(command.id) }
        guard let attempt = record.attempt(command.attempt, home: context.node) else {
            throw W.table.failure(
                .notItsHome, "this node is not the home of attempt \(command.attempt)",
                remedy: "look where it is with `\(W.table.showVerb)`")
        }
        return CommandRule(
            command: command, record: record, attempt: attempt, configuration: context.region.current, now: now)
    }
}

extension WorkflowTable {
    var notHere: Failure {
        failure(
            .notHere, "the \(noun) itself has not come to this node", remedy: "take it on, or wait until it arrives")
    }

    var noHome: Failure {
        failure(
            .noHome, "nobody decides about \(oneCase) of this node",
            remedy: "check the management tree in the region configuration")
    }

    package func unknown(_ id: CaseID<W>) -> Failure {
        failure(
            .unknown, "this node knows no \(noun) \(id)", remedy: "look at what it knows with `\(listVerb)`")
    }
}
