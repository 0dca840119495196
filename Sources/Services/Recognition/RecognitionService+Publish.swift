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
    /// Identity decides what a report is: content that is here already, also as an older version, is a duplicate (a
    /// message that comes late must not bring old values back); other content is a new version; a void voids the result
    /// for good.
    ///
    /// - Parameters:
    ///   - submissions: the reports; each needs at least one patient identifier.
    ///   - receipt: the message; remembered with the answer that `answer` makes of the outcomes.
    ///   - answer: makes the bytes that a repetition of the same message is answered with.
    /// - Throws: `recognition.noPatient`, `recognition.noOrderNumber`, `patientKey.noSecret`, `ledger.overloaded`,
    ///   `attachment.noRoom`, `attachment.tooLarge`.
    package func publish(
        _ submissions: [ReportSubmission], receipt: MessageReceipt? = nil,
        answer: @escaping @Sendable ([PublishOutcome]) -> [UInt8] = { _ in [] }
    ) async throws -> [PublishOutcome] {
        var prepared: [Prepared] = []
        for submission in submissions { prepared.append(try await prepare(submission)) }
        let reports = prepared
        let suite = context.region.suite
        let size = reports.reduce(0) { $0 + $1.payload.count + 500 }
        return try await context.ledger.write(lane: .bulk, sizeBytes: size) { transaction in
            var taken: Set<String> = []
            let lookup = ReportLookup(sql: transaction.sql)
            let outcomes = try reports.map { report in
                let outcome = try Self.publish(report, taken: taken, suite: suite, lookup: lookup, in: transaction)
                taken.insert(outcome.reportKey)
                return outcome
            }
            if let receipt {
                let word = outcomes.allSatisfy { $0.word == "duplicate" } ? "duplicate" : "accepted"
                try Self.remember(receipt, word, answer(outcomes), suite: suite, in: transaction)
            }
            return outcomes
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

    /// A report with everything that can be computed outside the writer.
    struct Prepared: Sendable {
        var submission: ReportSubmission
        var payload: [UInt8]
        /// What the content's digest may be here: as it is published now, and with its documents inside.
        var digests: [[UInt8]]
        /// The documents that travel beside the report.
        var manifests: [AttachmentManifest]
        /// By the leading identifier in the current epoch first; the others find what was published under them.
        var identities: [ReportIdentity]
        var patientKeys: [PatientKeyReference]
        /// Of earlier epochs.
        var earlierKeys: [PatientKeyReference]
        /// Which items of the region's catalogue it holds.
        var lines: [ReportLine]
        /// Which of the current keys tell that one person has them.
        var telling: UInt64
    }

    private func prepare(_ submission: ReportSubmission) async throws -> Prepared {
        let now = context.now
        var identifiers = submission.content.patient.identifiers
        if let citizen = identifiers.firstIndex(where: { $0.type == PatientIdentifier.citizenIDType }) {
            identifiers.swapAt(0, citizen)
        }
        guard !identifiers.isEmpty else {
            throw Failure(
                "recognition.noPatient", "the report names no patient", remedy: "send PID-3 (FHIR: Patient.identifier)")
        }
        var current: [PatientKeyReference] = []
        var earlier: [PatientKeyReference] = []
        var telling: UInt64 = 0
        for (position, item) in identifiers.enumerated() {
            if item.namesItsIssuer, position < UInt64.bitWidth { telling |= 1 << UInt64(position) }
            let keys = try context.patientKeys.currentAndOthers(
                type: item.type, authority: item.authority, value: item.value, at: now)
            current.append(keys.current)
            earlier += keys.others
        }
        var content = submission.content
        // Where a filler number tells reports apart, the place in one message is no part of what was reported.
        if content.fillerOrderNumber != nil { content.position = 1 }
        let published = try await staged(content)
        let suite = context.region.suite
        let payload = try published.wireBytes()
        var digests = [suite.digest(payload).bytes]
        // Earlier programs published documents of a few MiB inside the report.
        if published != content, content.attachments.reduce(0, { $0 + $1.bytes.count }) <= Limits.entryPayloadBytes {
            digests.append(suite.digest(try content.wireBytes()).bytes)
        }
        return Prepared(
            submission: submission, payload: payload, digests: digests,
            manifests: published.attachments.compactMap(\.manifest),
            identities: try (current + earlier).map { try ReportIdentity(submission.content, patient: $0) },
            patientKeys: current, earlierKeys: earlier, lines: lines(of: submission.content, now: now),
            telling: telling)
    }

    private func lines(of content: ReportContent, now: WallTime) -> [ReportLine] {
        let rules = rulebook.current
        guard !rules.rules.items.isEmpty else { return [] }
        let configuration = context.region.current
        let unit = RecognitionMatcher.issuer(named: content.institution, in: configuration)
        let time = (content.issuedTime ?? content.observedTime).flatMap(ReportTime.moment) ?? now
        return ReportLines(rules).lines(of: content, issuedBy: unit?.id, at: time)
    }

    private static func publish(
        _ report: Prepared, taken: Set<String>, suite: Suite, lookup: ReportLookup, in transaction: LedgerTransaction
    ) throws -> PublishOutcome {
        var found: String?
        for identity in report.identities where found == nil {
            found = try identity.known(taken: taken, suite: suite, in: lookup)
        }
        if found == nil { found = try foundElsewhere(report, taken: taken, suite: suite, in: lookup) }
        if found == nil { found = try report.identities.first?.fresh(taken: taken, suite: suite, in: lookup) }
        guard let reportKey = found else { throw Failure("recognition.noPatient", "the report names no patient") }
        let versions = try lookup.versions(of: reportKey)
        if let same = versions.last(where: { $0.contentDigest.map(report.digests.contains) ?? false }) {
            return .duplicate(entry: same.entry, reportKey: reportKey, version: same.fields.version)
        }
        let fields = ReportFields(
            report.submission, reportKey: reportKey, patientKeys: report.patientKeys,
            version: (versions.last?.fields.version ?? 0) + 1, telling: report.telling, lines: report.lines)
        for manifest in report.manifests
        where try Attachments.progress(of: manifest.digest(suite: suite), in: transaction.sql)?.isWhole != true {
            throw Failure(
                "attachment.notStored", "a document of the report is not in the store", remedy: "send the report again")
        }
        let entry = try transaction.append(
            EntryDraft(
                kind: .report, subject: reportKey, causes: versions.last.map { [$0.entry] } ?? [],
                fields: try fields.encoded(), headerAudience: .city, payload: report.payload,
                payloadAudience: transaction.tree.tier(of: transaction.node) == .township ? .parent : .own))
        lookup.forget(reportKey)
        let isVoid = fields.status == .void || versions.contains { $0.fields.status == .void }
        return .published(entry: entry, reportKey: reportKey, version: fields.version, isVoid: isVoid)
    }

    /// A result that came under another identifier of a person who is known under one of the report's.
    ///
    /// A void may name the person by an identifier that led no report's identity; the results of that person name those
    /// that did.
    private static func foundElsewhere(
        _ report: Prepared, taken: Set<String>, suite: Suite, in lookup: ReportLookup
    ) throws -> String? {
        let others = try ReportTable.otherKeys(
            of: report.patientKeys + report.earlierKeys, limit: otherKeysTried, in: lookup.sql)
        for key in others {
            let identity = try ReportIdentity(report.submission.content, patient: key)
            if let found = try identity.known(taken: taken, suite: suite, in: lookup) { return found }
        }
        return nil
    }

    private static let otherKeysTried = 64

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
