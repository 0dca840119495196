package import Effects
package import Ledgers
import Regions
import Storage

/// What an auditor found about somebody who opened the data of a person without consent.
///
/// It is an audit record of its own, appended to the ledger and never changed: the reviewer's statement says, signed by the
/// node, what was found about which record. A later finding stands beside an earlier one.
package struct AuditReview: Sendable, Equatable {
    package enum Finding: String, CaseIterable, Codable, Sendable {
        case justified
        case unjustified
    }

    /// The audit record that was reviewed: this node's own, so that nobody else chooses its name.
    package let opening: EntryID
    package let finding: Finding
    /// Why, in one line and without names.
    package let words: String

    package static let action = "audit.review"

    /// - Throws: `audit.reviewWords` where there are no words, more than ``Limits/reviewWordsBytes``, or more than one line.
    package init(_ opening: EntryID, _ finding: Finding, words: String) throws {
        let isLine = !words.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard isLine, !words.allSatisfy(\.isWhitespace), words.utf8.count <= Limits.reviewWordsBytes else {
            throw Failure(
                "audit.reviewWords", "a finding has words, in one line of at most \(Limits.reviewWordsBytes) bytes",
                remedy: "say in one sentence why, without names")
        }
        self.opening = opening
        self.finding = finding
        self.words = words
    }

    /// What the reviewer's statement says.
    package var question: String {
        [Self.action, finding.rawValue, opening.description, words].joined(separator: " ")
    }

    /// - Returns: nil where a statement says something else.
    package init?(question: String) {
        let parts = question.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == Self.action, let finding = Finding(rawValue: parts[1]),
            let opening = try? EntryID(parts[2]), let review = try? AuditReview(opening, finding, words: parts[3])
        else { return nil }
        self = review
    }
}

extension Limits {
    /// What the words of an auditor's finding may hold; they stand in the reviewer's statement.
    package static let reviewWordsBytes = 360
}

extension AuditRecord {
    /// On what an entry of the audit ledger rests.
    ///
    /// - Throws: `audit.malformed` where it is none; what reading the statement throws.
    package static func statement(of entry: Entry) throws -> SignedAccessStatement {
        guard entry.kind == .audit, let message = try? PBAuditRecord(serializedBytes: entry.fields) else {
            throw Failure("audit.malformed", "the audit record cannot be read")
        }
        return try SignedAccessStatement(wire: message.statement)
    }
}

extension AuditProjection {
    /// What was opened without consent, about whom, and the findings about it.
    static let reviews = Migration(
        "audit", 4,
        [
            "CREATE TABLE audit_opening (entry TEXT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, person BYTEA)",
            """
            INSERT INTO audit_opening (entry, at, person)
            SELECT a.entry, a.at, MIN(p.patient_key) FROM audit a LEFT JOIN audit_patient p ON p.entry = a.entry
            WHERE a.break_glass IS NOT NULL AND a.outcome NOT IN ('refused', 'alert') GROUP BY a.entry, a.at
            """,
            "CREATE INDEX audit_opening_by_time ON audit_opening (at)",
            """
            CREATE TABLE audit_review (
                entry TEXT NOT NULL PRIMARY KEY, opening TEXT NOT NULL, at BIGINT NOT NULL, reviewer TEXT NOT NULL,
                finding TEXT NOT NULL, words TEXT NOT NULL)
            """,
            "CREATE INDEX audit_review_by_opening ON audit_review (opening)",
            "CREATE INDEX audit_review_by_time ON audit_review (at)",
        ])

    /// Keeps what was opened without consent; a question that was refused opened nothing.
    static func foldOpening(
        _ entry: Entry, _ message: PBAuditRecord, _ statement: AccessStatement, in sql: any SQLTransaction
    ) throws {
        let outcome = AuditRecord.Outcome(rawValue: message.outcome)
        guard statement.asking.breakGlassReason != nil, outcome != .refused, outcome != .alert else { return }
        // A person is known by several keys; the least of them stands for all.
        let person = statement.patientKeys.map(\.indexBytes).min { $0.lexicographicallyPrecedes($1) }
        try sql.execute(
            "INSERT INTO audit_opening (entry, at, person) VALUES ($1, $2, $3) ON CONFLICT (entry) DO NOTHING",
            [entry.id.description, entry.authorTime.milliseconds, person])
    }

    /// Writes a finding down where the record is one of an auditor of this node.
    ///
    /// What a neighbour brings can say the same words; it is a record of a question and no finding.
    ///
    /// - Throws: `audit.malformed` where an own record says that it is a finding and cannot be read.
    static func foldReview(
        _ entry: Entry, _ message: PBAuditRecord, _ statement: AccessStatement, at node: NodeID,
        in sql: any SQLTransaction
    ) throws {
        guard message.action == AuditReview.action, message.caller.isEmpty, statement.node == node,
            message.outcome == AuditRecord.Outcome.served.rawValue
        else { return }
        guard let review = AuditReview(question: statement.question) else {
            throw Failure("audit.malformed", "the audit record cannot be read")
        }
        try sql.execute(
            """
            INSERT INTO audit_review (entry, opening, at, reviewer, finding, words) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (entry) DO NOTHING
            """,
            [
                entry.id.description, review.opening.description, entry.authorTime.milliseconds,
                statement.asking.practitioner, review.finding.rawValue, review.words,
            ])
    }
}
