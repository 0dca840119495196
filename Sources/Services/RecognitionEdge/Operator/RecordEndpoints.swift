import Effects
import Foundation
import Ledgers
import Recognition
package import ServiceKit

/// What an operator asks about a person's results, for a practitioner.
package enum RecordEndpoints: EndpointSet {
    package static let find = Endpoint<RecordQuestion, RecordFindings>(
        .post, "records/find", summary: "The results of a person, here and above, before they are opened.",
        role: .practitioner { $0.practitioner }, audit: "recognition.find", question: .json, answer: .json,
        failures: [.forbidden])

    package static let versions = Endpoint<RecordQuestion, RecordFindings>(
        .post, "records/versions", summary: "Every version of a person's results that lies at this node.",
        role: .practitioner { $0.practitioner }, audit: "recognition.versions", question: .json, answer: .json,
        failures: [.forbidden])

    package static let open = Endpoint<RecordOpening, OpenedRecordInfo>(
        .post, "records/open", summary: "Opens one version of a result and verifies it.",
        role: .practitioner { $0.question.practitioner }, audit: "recognition.fetch", question: .json, answer: .json,
        failures: [.forbidden, .absent])

    package static let export = Endpoint<RecordOpening, [UInt8]>(
        .post, "records/export", summary: "Opens one version of a result as a file that proves itself.",
        role: .practitioner { $0.question.practitioner }, audit: "recognition.fetch", question: .json, answer: .file,
        failures: [.forbidden, .absent])

    package static let statistics = Endpoint<NoQuestion, RecognitionFigures>(
        .get, "records/statistics", summary: "What the node's index of results holds, by author.", question: .none,
        answer: .json)

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(RecognitionService.self)
        let access = AskingReader(node.context)
        return [
            find.serve { question in
                RecordFindings(
                    try await service.find(
                        try access.asking(question), about: [try access.identifier(question)],
                        limit: question.limit.map { Int($0) } ?? Limits.queryResults))
            },
            versions.serve { question in
                RecordFindings(
                    try await service.versions(
                        try access.asking(question), about: [try access.identifier(question)],
                        limit: question.limit.map { Int($0) } ?? Limits.queryResults))
            },
            open.serve { opening in
                let (opened, statement) = try await service.open(
                    try EntryID(opening.entry), try access.asking(opening.question),
                    about: [try access.identifier(opening.question)])
                var info = OpenedRecordInfo(opened, statement: statement.statement.id)
                if opening.documents == true { try await service.addDocuments(of: opened, on: statement, to: &info) }
                return info
            },
            export.serve { opening in
                let (opened, _) = try await service.open(
                    try EntryID(opening.entry), try access.asking(opening.question),
                    about: [try access.identifier(opening.question)])
                return try ProofFile(
                    entry: opened.entry.id, servedBy: opened.servedBy, excerpt: opened.excerpt,
                    region: node.context.region.signed
                ).bytes()
            },
            statistics.serve { _ in RecognitionFigures(try await service.statistics()) },
        ]
    }
}

extension RecognitionService {
    fileprivate static let catalogue = FailureCatalogue.foundation.adding(RecognitionService.failures)

    /// Fetches the documents of a result that was opened, on the same statement; what was taken back stays out.
    ///
    /// One that has not come as far yet, or whose holder cannot be reached now, says why it is not there.
    fileprivate func addDocuments(
        of report: OpenedReport, on statement: SignedAccessStatement, to info: inout OpenedRecordInfo
    ) async throws {
        for place in info.attachments.indices where !info.attachments[place].isWithdrawn {
            do {
                let document = try await document(place + 1, of: report, statement: statement)
                info.attachments[place].content = Data(document.bytes).base64EncodedString()
            } catch let failure as Failure where Self.catalogue.class(of: failure.code) == .retry {
                info.attachments[place].absence = ProblemInfo(
                    failure, in: Self.catalogue, correlation: statement.statement.id)
            }
        }
    }
}
