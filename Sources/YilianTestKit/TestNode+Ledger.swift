import Ledgers
import Storage

extension TestNode {
    /// The node's audit ledger, oldest first.
    public func accessRecords() async throws -> [AccessRecord] {
        try await TestFailure.translating {
            try await node.context.ledger.read { sql in
                try sql.rows(
                    """
                    SELECT action, outcome, statement, node, practitioner, purpose, caller, answered FROM audit
                    ORDER BY at, entry
                    """, []
                ).map { row in
                    AccessRecord(
                        action: try row.text(0), outcome: try row.text(1), statementID: try row.text(2),
                        node: try row.text(3), practitioner: try row.text(4), purpose: try row.text(5),
                        caller: try row.text(6), answered: Int(try row.integer(7)))
                }
            }
        }
    }

    /// Checks every seal, every segment and every chain on the node's disk.
    ///
    /// - Returns: what is wrong, in words; nothing where all is sound.
    public func verifyLedger() async throws -> [String] {
        try await TestFailure.translating {
            let found = try await node.context.ledger.verify()
            return found.problems + found.chains.flatMap { chain in chain.problems.map { "\(chain.chain): \($0)" } }
        }
    }
}

/// One line of a node's audit ledger: who looked at what.
public struct AccessRecord: Hashable, Sendable {
    /// What was asked: `recognition.find`, `recognition.fetch`.
    public let action: String
    /// `served` or `refused`.
    public let outcome: String
    /// The access statement on which it rests.
    public let statementID: String
    /// The node where the person sits.
    public let node: String
    /// Who looked, as the hospital names its staff.
    public let practitioner: String
    /// The purpose's word, such as `treatment`.
    public let purpose: String
    /// The neighbour that brought the question; empty for somebody at this node.
    public let caller: String
    /// How many results or identifiers were answered.
    public let answered: Int
}
