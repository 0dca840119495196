import Effects
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
            let (opened, statement) = try await self.open(try await request.json(RecordOpening.self))
            return try ConsoleAnswer.json(OpenedRecordInfo(opened, statement: statement))
        }
        routes.post("records/export") { request, _ in
            let (opened, _) = try await self.open(try await request.json(RecordOpening.self))
            let proof = ProofFile(
                entry: opened.entry.id, servedBy: opened.servedBy, excerpt: opened.excerpt,
                region: setup.node.setup.region.signed)
            return ConsoleAnswer.file(try proof.bytes())
        }
        routes.post("records/document") { request, _ in
            let opening = try await request.json(DocumentOpening.self)
            let service = try setup.node.service(RecognitionService.self)
            let (report, statement) = try await service.open(
                try EntryID(opening.entry), try AccessDesk(setup: setup).inquiry(opening.question))
            return ConsoleAnswer.file(
                try await service.document(opening.number, of: report, statement: statement).bytes)
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
    ) async throws -> (opened: RecognitionService.OpenedReport, statement: String) {
        let entry = try EntryID(opening.entry)
        let inquiry = try AccessDesk(setup: setup).inquiry(opening.question)
        let (report, statement) = try await setup.node.service(RecognitionService.self).open(entry, inquiry)
        return (report, statement.statement.id)
    }
}
