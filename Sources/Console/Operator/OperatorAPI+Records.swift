import Effects
import Foundation
import Hummingbird
import Ledgers
import NodeRuntime
import Recognition
import Regions
import ServiceKit

extension OperatorAPI {
    func addRecords(to routes: Routes) {
        routes.post("records/find") { request, _ in
            let question = try await request.json(RecordQuestion.self)
            return try ConsoleAnswer.json(try await find(question))
        }
        routes.post("records/open") { request, _ in
            let opening = try await request.json(RecordOpening.self)
            let (opened, statement) = try await self.open(opening)
            var info = OpenedRecordInfo(opened, statement: statement.statement.id)
            if opening.documents == true { try await addDocuments(of: opened, on: statement, to: &info) }
            return try ConsoleAnswer.json(info)
        }
        routes.post("records/export") { request, _ in
            let (opened, _) = try await self.open(try await request.json(RecordOpening.self))
            let proof = ProofFile(
                entry: opened.entry.id, servedBy: opened.servedBy, excerpt: opened.excerpt,
                region: setup.node.setup.region.signed)
            return ConsoleAnswer.file(try proof.bytes())
        }
        routes.get("records/statistics") { _, _ in
            let service = try setup.node.service(RecognitionService.self)
            return try ConsoleAnswer.json(RecognitionFigures(try await service.statistics()))
        }
        routes.post("records/versions") { request, _ in
            let inquiry = try AccessDesk(setup: setup).inquiry(try await request.json(RecordQuestion.self))
            let service = try setup.node.service(RecognitionService.self)
            return try ConsoleAnswer.json(RecordFindings(try await service.versions(inquiry)))
        }
    }

    private func find(_ question: RecordQuestion) async throws -> RecordFindings {
        let service = try setup.node.service(RecognitionService.self)
        return RecordFindings(try await service.find(try AccessDesk(setup: setup).inquiry(question)))
    }

    private func open(
        _ opening: RecordOpening
    ) async throws -> (opened: RecognitionService.OpenedReport, statement: SignedAccessStatement) {
        let entry = try EntryID(opening.entry)
        let inquiry = try AccessDesk(setup: setup).inquiry(opening.question)
        let (report, statement) = try await setup.node.service(RecognitionService.self).open(entry, inquiry)
        return (report, statement)
    }

    /// Fetches the documents of a result that was opened, on the same statement; what was taken back stays out.
    ///
    /// One that has not come as far yet, or whose holder cannot be reached now, says why it is not there.
    private func addDocuments(
        of report: RecognitionService.OpenedReport, on statement: SignedAccessStatement,
        to info: inout OpenedRecordInfo
    ) async throws {
        let service = try setup.node.service(RecognitionService.self)
        for place in info.attachments.indices where !info.attachments[place].isWithdrawn {
            do {
                let document = try await service.document(place + 1, of: report, statement: statement)
                info.attachments[place].content = Data(document.bytes).base64EncodedString()
            } catch let failure as Failure where failure.class == .retry {
                info.attachments[place].absence = ProblemInfo(
                    failure, in: .console, correlation: statement.statement.id)
            }
        }
    }
}
