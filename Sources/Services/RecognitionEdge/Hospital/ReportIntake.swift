import EdgeKit
import Effects
import FHIR
import HL7
package import Recognition
package import ServiceKit

/// Takes results that hospitals' systems send: ORU^R01 messages, and FHIR resources with DiagnosticReports.
///
/// A message is taken whole or not at all.
struct ReportIntake: Sendable {
    let store: ReportStore
    /// The node that answers, as messages of FHIR name their sender.
    let node: String

    var messages: HL7Handler {
        HL7Handler(.unsolicitedResults, contentSegment: "OBR") { try read($0) }
    }

    var resources: FHIRResourceHandler {
        FHIRResourceHandler(
            ["Bundle", "DiagnosticReport"], systemInteractions: ["transaction", "batch"]
        ) { try read($0) }
    }

    private func read(_ call: HL7Call) throws -> HL7Reading {
        let mapping = HL7ReportMapper(institution: call.principal.institution, now: call.now).map(call.message)
        guard mapping.problems.isEmpty else { return .refused(mapping.problems) }
        try store.checkSizes(mapping.submissions)
        return .readable(recordCount: mapping.submissions.count, warnings: mapping.warnings) { keeping in
            let outcomes = try await store.publish(mapping.submissions, keeping.receipt) { outcomes in
                keeping.answer(Self.notices(outcomes))
            }
            return HL7Taken(outcomes.map { TakenRecord($0) }, notices: Self.notices(outcomes))
        }
    }

    /// What the core has to say about reports that it took, each at its OBR.
    private static func notices(_ outcomes: [PublishOutcome]) -> [HL7Problem] {
        outcomes.enumerated().flatMap { index, outcome in
            outcome.notices.map { notice in
                HL7Problem(
                    .accepted, segment: "OBR", sequence: index + 1, text: notice.text, severity: .warning,
                    notice: notice.code.rawValue)
            }
        }
    }

    private func read(_ call: FHIRResourceCall) throws -> FHIRReading {
        let mapping = FHIRReportMapper(institution: call.principal.institution, now: call.now).map(call.resource)
        guard mapping.isAccepted else { return .refused(mapping.issues, messageID: mapping.messageID) }
        do { try store.checkSizes(mapping.submissions) } catch let failure as Failure
            where failure.code == Failure.messageTooLargeCode
        {
            return .refused([.init(.tooLong, failure.message)], messageID: mapping.messageID, fault: .tooLarge)
        }
        let answer = FHIRAnswer(
            resource: call.resource, warnings: mapping.warnings, node: node, correlation: call.correlation)
        return .readable(
            FHIRReadable(
                messageID: mapping.messageID, recordCount: mapping.submissions.count, warnings: mapping.warnings,
                answerToLook: answer.json([]), recordsInAnswer: FHIRAnswer.reports
            ) { receipt in
                let outcomes = try await store.publish(mapping.submissions, receipt) { outcomes in
                    JSONPrinter.bytes(answer.json(outcomes.map { TakenRecord($0) }))
                }
                let records = outcomes.map { TakenRecord($0) }
                return FHIRTaken(
                    records, answer: JSONPrinter.bytes(answer.json(records)), notices: Self.notices(records))
            })
    }

    private static func notices(_ records: [TakenRecord]) -> [MessageProblem] {
        records.enumerated().flatMap { index, record in
            record.notices.map { notice in
                MessageProblem(code: "notice." + notice.code, place: "report \(index + 1)", text: notice.text)
            }
        }
    }
}

extension HL7Trigger {
    static let unsolicitedResults = HL7Trigger("ORU", "R01", "unsolicited observation results")
}

/// Where the handlers put reports.
package struct ReportStore: Sendable {
    package var publish:
        @Sendable (
            _ submissions: [ReportSubmission], _ receipt: MessageReceipt,
            _ answer: @escaping @Sendable ([PublishOutcome]) -> [UInt8]
        ) async throws -> [PublishOutcome]

    package init(_ service: RecognitionService) {
        publish = { try await service.publish($0, receipt: $1, answer: $2) }
    }

    /// Refuses what no entry can hold, before anything is kept.
    ///
    /// - Throws: `intake.tooLarge`.
    func checkSizes(_ submissions: [ReportSubmission]) throws {
        for (index, submission) in submissions.enumerated() {
            // Long documents travel beside the report: what counts is what stays in it.
            let size = try submission.content.payloadBytes()
            guard size <= Limits.entryPayloadBytes else {
                throw Failure.messageTooLarge(
                    "report \(index + 1) has \(size) bytes without its long documents; the limit is "
                        + "\(Limits.entryPayloadBytes)")
            }
        }
    }
}

extension TakenRecord {
    init(_ outcome: PublishOutcome) {
        self.init(
            word: outcome.word, entry: outcome.entry, key: outcome.reportKey, version: outcome.version,
            location: Self.location(report: outcome.reportKey, version: outcome.version),
            notices: outcome.notices.map { Notice(code: $0.code.rawValue, text: $0.text) })
    }

    /// The address of one version of a report below the FHIR interface's.
    static func location(report key: String, version: Int) -> String { "DiagnosticReport/\(key)/_history/\(version)" }
}
