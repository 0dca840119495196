import Effects
import Identity
import Ledgers
import Regions
package import ServiceKit
import Storage
import Trust
import Wire

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
                try MessageMemory.remember(
                    receipt, outcome: word, answer: answer(outcomes), suite: suite, in: transaction)
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
}
