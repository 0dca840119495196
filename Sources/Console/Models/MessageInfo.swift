/// What became of a message of a hospital's system.
package struct MessageInfo: Codable, Sendable, Equatable {
    /// The control id (MSH-10) or the Bundle's identifier; empty where it could not be read.
    package var message: String
    /// The unit whose message it is.
    package var institution: String
    /// `accepted`, `duplicate`, `refused`, `notStored` (the sender is to try again).
    package var outcome: String
    package var receivedAt: String
    /// The answer that its sender was given; empty in a list, and for one that was refused.
    package var answer: String
    /// Why it was refused, each with its place in the message.
    package var problems: [String]
    /// Ties a refusal to the node's log.
    package var correlation: String?

    package init(
        message: String, institution: String, outcome: String, receivedAt: String, answer: String = "",
        problems: [String] = [], correlation: String? = nil
    ) {
        self.message = message
        self.institution = institution
        self.outcome = outcome
        self.receivedAt = receivedAt
        self.answer = answer
        self.problems = problems
        self.correlation = correlation
    }
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
