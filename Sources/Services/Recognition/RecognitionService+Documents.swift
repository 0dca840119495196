import Effects
import Ledgers
import Regions
package import ServiceKit
import Trust

extension RecognitionService {
    /// The whole of a document of a result that was opened: the one in the report, or the one beside it, fetched part by
    /// part from the first node on the way to the author that holds it, and checked against the sealed manifest.
    ///
    /// A link that is cut meanwhile is waited for; what came stays.
    ///
    /// - Parameters:
    ///   - number: from 1, as the report lists them.
    ///   - found: the statement on which the result was opened or found; the fetching rests on one that follows it.
    /// - Throws: `recognition.noDocument`; `attachment.notHere` where the document has not come that far yet; `call.…`
    ///   where its holder cannot be reached; `attachment.badChunk`.
    package func document(
        _ number: Int, of report: OpenedReport, statement found: SignedAccessStatement
    ) async throws -> ReportAttachment {
        guard report.content.attachments.indices.contains(number - 1) else {
            throw Failure(
                "recognition.noDocument",
                "the report has \(report.content.attachments.count) documents; there is no number \(number)")
        }
        var attachment = report.content.attachments[number - 1]
        guard let manifest = attachment.manifest, attachment.bytes.isEmpty else { return attachment }
        let (suite, entry) = (context.region.suite, report.entry.id)
        let digest = manifest.digest(suite: suite)
        let statement = try context.sign(DocumentRequest.question(entry, digest), following: found)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(manifest.sizeBytes)
        for position in 0..<manifest.chunkCount {
            let request = DocumentRequest(entry: entry, attachment: digest, position: position, statement: statement)
            let chunk = try await patiently { try await answers.document(request, caller: nil) }
            guard manifest.isChunk(chunk, at: position, suite: suite) else {
                throw Failure(
                    "attachment.badChunk", "a part of the document is not the one that its author sealed",
                    place: entry.description, remedy: "fetch it again; tell the operator of the node that served it")
            }
            bytes += chunk
        }
        attachment.bytes = bytes
        return attachment
    }

    /// Asks again for a while where the way to the holder is broken.
    private func patiently<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let deadline = context.world.time.monotonicTime.advanced(
            byMilliseconds: Limits.attachmentPatienceMilliseconds)
        while true {
            do {
                return try await body()
            } catch let failure as Failure where Self.isBrokenWay(failure) {
                guard context.world.time.monotonicTime < deadline else { throw failure }
                try await context.world.time.sleep(milliseconds: Limits.courierRetryMilliseconds)
            }
        }
    }

    private static func isBrokenWay(_ failure: Failure) -> Bool {
        ["call.notReachable", "call.deadlineExceeded", "call.cancelled"].contains(failure.code)
    }

    /// Puts the documents beside the ledger that are too long for the report's payload.
    ///
    /// - Returns: the report as its payload says it.
    func staged(_ content: ReportContent) async throws -> ReportContent {
        var content = content
        for place in ReportAttachment.beside(content.attachments) {
            content.attachments[place].manifest = try await context.ledger.stage(content.attachments[place].bytes)
            content.attachments[place].bytes = []
        }
        return content
    }
}

extension RecognitionService.Answers {
    /// One part of a document, from here or from the next node on the way to the author.
    ///
    /// - Parameter caller: the neighbour; `nil` for somebody at this node.
    func document(_ request: DocumentRequest, caller: NodeID?) async throws -> [UInt8] {
        let (entry, statement) = (request.entry, request.statement)
        let (version, next, _) = try await self.version(
            of: entry, DocumentRequest.question(entry, request.attachment), statement, caller)
        if version?.hasPayload == true {
            do {
                let chunk = try await context.ledger.chunk(request.position, of: request.attachment, namedBy: entry)
                try await context.audit.recordFirst(AuditRecord(statement, caller: caller, answered: 1))
                return chunk
            } catch let failure as Failure where failure.code == "attachment.notHere" && next != nil {
                // It is on its way here; its author has it.
            }
        }
        guard let next else {
            throw Failure(
                "recognition.notFound", "the result does not lie here, nor on the way to its author",
                place: entry.description)
        }
        try await context.audit.recordFirst(AuditRecord(statement, caller: caller, outcome: .forwarded))
        return try await context.recognition(at: next).document(request)
    }
}
