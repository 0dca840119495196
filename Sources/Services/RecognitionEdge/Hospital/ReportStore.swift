import EdgeKit
import Effects
package import Recognition
package import ServiceKit

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
