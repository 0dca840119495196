import Calls
import Foundation
import Ledgers
package import Regions
import SwiftProtobuf
import Wire

/// One line of the audit ledger: what was asked on an access statement, by way of whom, and what came of it.
package struct AuditRecord: Sendable {
    /// What came of a question.
    package enum Outcome: String, Sendable {
        case served
        /// The next node on the way was asked.
        case forwarded
        case notFound
        /// What was to be written stands already.
        case duplicate
        /// The question was not answered; such a statement counts as not used.
        case refused
        /// No answer: with this question somebody passed a limit.
        case alert
    }

    package var action: String
    package var statement: SignedAccessStatement
    package var caller: NodeID?
    package var correlation: String
    package var outcome: Outcome
    package var answered: Int

    /// - Parameters:
    ///   - statement: on what it rests.
    ///   - action: what is asked, where the statement's question does not say it.
    ///   - caller: the neighbour that brought the question; none for somebody at this node.
    ///   - answered: how many records the answer holds.
    package init(
        _ statement: SignedAccessStatement, action: String? = nil, caller: NodeID? = nil, outcome: Outcome = .served,
        answered: Int = 0
    ) {
        self.action = action ?? statement.statement.action
        self.statement = statement
        self.caller = caller
        correlation = CallContext.current?.correlation ?? statement.statement.id
        self.outcome = outcome
        self.answered = answered
    }

    /// The same question, which was not answered.
    var refused: AuditRecord {
        var record = self
        (record.outcome, record.answered) = (.refused, 0)
        return record
    }

    /// Audit entries have the audience `own`: they never leave the node.
    func draft() throws -> EntryDraft {
        var message = PBAuditRecord()
        message.action = action
        message.outcome = outcome.rawValue
        message.statement = statement.wire()
        message.caller = caller?.rawValue ?? ""
        message.correlation = correlation
        message.answered = UInt32(clamping: answered)
        return EntryDraft(
            kind: .audit, subject: "audit", fields: try message.serializedBytes(), headerAudience: .own)
    }
}
