import Recognition
import ServiceKit

/// Where intake puts reports, and finds what it answered before.
struct ReportStore: Sendable {
    var publish:
        @Sendable (
            _ submissions: [ReportSubmission], _ receipt: MessageReceipt,
            _ answer: @escaping @Sendable ([PublishOutcome]) -> [UInt8]
        ) async throws -> [PublishOutcome]
    var storedAnswer: @Sendable (_ receipt: MessageReceipt) async throws -> StoredAnswer?

    init(_ service: RecognitionService, memory: MessageMemory) {
        publish = { try await service.publish($0, receipt: $1, answer: $2) }
        storedAnswer = { try await memory.storedAnswer(to: $0) }
    }
}
