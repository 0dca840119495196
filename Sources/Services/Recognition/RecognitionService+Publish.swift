package import Effects
import Identity
import Ledgers
import Regions
import ServiceKit
import Storage
import Trust
import Wire

/// A message whose reports are published together, with what is needed to answer its repetition.
package struct MessageReceipt: Sendable {
    /// Who sent it: listener, application and facility (HL7: MSH-3, MSH-4), or the token's system.
    package var source: String
    /// For which institution the source speaks; only it may look the message up.
    package var institution: String
    /// MSH-10 or the Bundle's identifier.
    package var messageID: String
    /// The message's bytes.
    package var bytes: [UInt8]

    package init(source: String, institution: String, messageID: String, bytes: [UInt8]) {
        self.source = source
        self.institution = institution
        self.messageID = messageID
        self.bytes = bytes
    }
}

/// What became of an earlier message.
package struct StoredAnswer: Sendable, Equatable {
    package var outcome: String
    package var answer: [UInt8]
    package var receivedTime: WallTime
}

extension RecognitionService {
    /// Publishes the reports of one message in one command: all of them or none, durable on return.
    ///
    /// Identity decides what a report is (``ReportIdentity``): content that is here already is a duplicate, also as an
    /// older version, unless it would follow the one that stands by their order (``VersionOrder``): a message that comes
    /// late must not bring old values back, and what a sender says last counts. Other content is a new version, merged
    /// with what comes before it (``ReportMerge``).
    ///
    /// - Parameters:
    ///   - submissions: the reports; each needs at least one patient identifier.
    ///   - receipt: the message; remembered with the answer that `answer` makes of the outcomes.
    ///   - answer: makes the bytes that a repetition of the same message is answered with.
    /// - Throws: `recognition.noPatient`, `recognition.noOrderNumber`, `recognition.ambiguous`,
    ///   `recognition.otherTime`, `recognition.tooManyReports`, `patient.emptyIdentifier`, `patientKey.noSecret`,
    ///   `ledger.overloaded`, `attachment.noRoom`, `attachment.tooLarge`.
    package func publish(
        _ submissions: [ReportSubmission], receipt: MessageReceipt? = nil,
        answer: @escaping @Sendable ([PublishOutcome]) -> [UInt8] = { _ in [] }
    ) async throws -> [PublishOutcome] {
        var prepared: [PreparedReport] = []
        for (submission, occurrence) in zip(submissions, Self.occurrences(submissions.map(\.content))) {
            prepared.append(try await prepare(submission, occurrence: occurrence))
        }
        let reports = prepared
        let suite = context.region.suite
        let lines = lineReader
        let size = reports.reduce(0) { $0 + $1.payload.count + 500 }
        return try await context.ledger.write(lane: .bulk, sizeBytes: size) { transaction in
            var publisher = ReportPublisher(suite: suite, lines: lines, in: transaction)
            let outcomes = try reports.map { try publisher.publish($0) }
            if let receipt {
                let word = outcomes.allSatisfy { $0.event == .duplicate } ? "duplicate" : "accepted"
                try Self.remember(receipt, word, answer(outcomes), suite: suite, in: transaction)
            }
            return outcomes
        }
    }

    /// Which of the reports of one message share their number and service, in their order.
    static func occurrences(_ contents: [ReportContent]) -> [ReportIdentity.Occurrence] {
        let names = contents.map { content in
            [content.institution, content.patient.identifiers.first?.value ?? ""] + ReportIdentity.number(content)
                + ReportIdentity.services(content.service).prefix(1)
        }
        let counts = Dictionary(grouping: names) { $0 }.mapValues(\.count)
        var seen: [[String]: Int] = [:]
        return names.map { name in
            defer { seen[name, default: 0] += 1 }
            return ReportIdentity.Occurrence(index: seen[name] ?? 0, count: counts[name] ?? 1)
        }
    }

    /// The answer to a message that came before with the same source, id and bytes.
    package func storedAnswer(to receipt: MessageReceipt) async throws -> StoredAnswer? {
        let digest = context.region.suite.digest(receipt.bytes).bytes
        return try await context.ledger.read { sql in
            try sql.row(
                """
                SELECT outcome, answer, received_at FROM received_message
                WHERE source = $1 AND message = $2 AND digest = $3
                """, [receipt.source, receipt.messageID, digest]
            ).map(Self.storedAnswer)
        }
    }

    /// What became of the messages with a control id, newest first.
    ///
    /// - Parameter institution: whose messages; `nil`, for the node's operator, means everybody's.
    package func messages(withID id: String, of institution: String?) async throws -> [StoredAnswer] {
        try await context.ledger.read { sql in
            try sql.rows(
                """
                SELECT outcome, answer, received_at FROM received_message
                WHERE message = $1 AND (institution = $2 OR $3 = 1) ORDER BY received_at DESC LIMIT 20
                """, [id, institution ?? "", institution == nil]
            ).map(Self.storedAnswer)
        }
    }

    private static func remember(
        _ receipt: MessageReceipt, _ outcome: String, _ answer: [UInt8], suite: Suite,
        in transaction: LedgerTransaction
    ) throws {
        try transaction.sql.execute(
            """
            INSERT INTO received_message (source, message, digest, outcome, answer, received_at, institution)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (source, message, digest) DO NOTHING
            """,
            [
                receipt.source, receipt.messageID, suite.digest(receipt.bytes).bytes, outcome, answer,
                transaction.now.milliseconds, receipt.institution,
            ])
    }

    private static func storedAnswer(_ row: SQLRow) throws -> StoredAnswer {
        StoredAnswer(
            outcome: try row.text(0), answer: try row.bytes(1), receivedTime: WallTime(milliseconds: try row.integer(2))
        )
    }
}
