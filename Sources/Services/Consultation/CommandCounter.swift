import Calls
import Effects
import Ledgers
import Regions
import ServiceKit
import Storage
import Wire

/// Takes commands: carries out those whose home this node is and passes the others on to the next node on the way.
struct CommandCounter: Sendable {
    let context: NodeContext

    /// Carries a command out, or has it carried out.
    ///
    /// - Parameter caller: the neighbour that brought it; `nil` for somebody at this node.
    /// - Throws: `consultation.notEntitled` where it comes from elsewhere than it says; what the home refuses it with;
    ///   `call.…` where the home cannot be reached: then nothing is known of what became of it, and the same command
    ///   may be sent again.
    func perform(_ command: ConsultationCommand, caller: NodeID?) async throws -> ConsultationReceipt {
        try command.check()
        let tree = context.tree
        let cameFrom = caller.map { tree.nextHop(from: context.node, to: command.origin) == $0 }
        guard cameFrom ?? (command.origin == context.node) else {
            throw Failure(
                "consultation.notEntitled", "the command does not come from \(command.origin), as it says",
                remedy: "act at the node where the expert works")
        }
        if command.home == context.node { return try await carryOut(command) }
        guard let next = tree.nextHop(from: context.node, to: command.home), next != caller else {
            throw Failure("consultation.noHome", "no way leads to the attempt's home \(command.home)")
        }
        return try await DeskInterface.consultation.at(next, context.system).command(command)
    }

    private func carryOut(_ command: ConsultationCommand) async throws -> ConsultationReceipt {
        let region = context.region
        guard let signed = command.signed, signed.isSigned(by: region), signed.says(command, suite: region.suite) else {
            throw Failure(
                "consultation.unsigned", "the command is not signed by \(command.origin), where its actor sits",
                remedy: "send it from that node; if it was, compare the region configurations of both")
        }
        if command.action == .acknowledge {
            try context.check(practitioner: command.actor, of: "", at: command.origin)
        }
        return try await context.ledger.write(lane: .clinical, sizeBytes: Limits.textFieldBytes) { transaction in
            guard let record = try ConsultationTable.record(command.request, in: transaction.sql) else {
                throw ConsultationService.unknown(command.request)
            }
            guard let attempt = record.attempt(command.attempt, home: transaction.node) else {
                throw Failure(
                    "consultation.unknownAttempt", "this node is not the home of attempt \(command.attempt)",
                    remedy: "look which attempts there are with `yilian consult show`")
            }
            let rule = CommandRule(
                command: command, record: record, attempt: attempt, configuration: region.current, now: transaction.now)
            switch try rule.decision(suite: region.suite) {
            case .duplicate(let step):
                return rule.receipt(step.entry, time: step.authorTime, state: attempt.state, isDuplicate: true)
            case .append(let event, let state, let addition):
                let writer = ConsultationWriter(transaction: transaction, configuration: region.current)
                let entry = try writer.append(event, to: attempt, of: record, addition)
                return rule.receipt(entry, time: transaction.now, state: state, isDuplicate: false)
            }
        }
    }
}
