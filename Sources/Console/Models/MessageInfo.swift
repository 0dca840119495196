/// What became of an earlier message.
package struct MessageInfo: Codable, Sendable, Equatable {
    /// The outcome: `accepted`, `duplicate` and so on.
    package var outcome: String
    package var receivedAt: String
    /// The answer that its sender was given.
    package var answer: String
}

/// One look at a person's data, as the audit ledger of one node has it.
package struct AuditInfo: Codable, Sendable, Equatable {
    package var entry: String
    package var at: String
    package var action: String
    package var outcome: String
    package var statement: String
    /// The node where the person sat.
    package var node: String
    package var practitioner: String
    package var purpose: String
    package var breakGlassReason: String?
    /// The neighbour that brought the question; empty for somebody at this node.
    package var caller: String
    package var correlation: String
    package var answered: Int
}

/// What became of one imported file.
package struct ImportInfo: Codable, Sendable, Equatable {
    /// One report of the file.
    package struct Report: Codable, Sendable, Equatable {
        /// `accepted`, `newVersion`, `voided`, `duplicate`; with a check only, `readable`.
        package var outcome: String
        package var entry: String?
        package var reportKey: String?
        package var version: Int?

        package init(outcome: String, entry: String? = nil, reportKey: String? = nil, version: Int? = nil) {
            self.outcome = outcome
            self.entry = entry
            self.reportKey = reportKey
            self.version = version
        }
    }

    /// `accepted`, `duplicate`, `refused` or `notStored` (try again).
    package var outcome: String
    package var reports: [Report]
    /// Why it was refused, each with its place in the message.
    package var problems: [String]
    /// What was passed over or read with care.
    package var warnings: [String]

    package init(outcome: String, reports: [Report], problems: [String], warnings: [String]) {
        self.outcome = outcome
        self.reports = reports
        self.problems = problems
        self.warnings = warnings
    }
}
