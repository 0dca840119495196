import Effects
import Hummingbird
import NodeRuntime
import Recognition

extension OperatorAPI {
    func addMessages(to routes: Routes) {
        routes.get("messages") { request, _ in
            let service = try setup.node.service(RecognitionService.self)
            let found = try await service.messages(withID: try request.required("id"), of: nil)
            return try ConsoleAnswer.json(
                found.map {
                    MessageInfo(
                        outcome: $0.outcome, receivedAt: $0.receivedTime.description,
                        answer: String(decoding: $0.answer, as: UTF8.self))
                })
        }
        routes.post("import") { request, _ in
            let bytes = try await request.bytes(limitBytes: Limits.importFileBytes)
            guard !bytes.isEmpty else {
                throw Failure("console.badRequest", "the file is empty", remedy: "give a file with a message in it")
            }
            return try ConsoleAnswer.json(
                try await setup.importing(
                    bytes, request.parameter("format"), request.parameter("institution"),
                    request.parameter("check") == "true"))
        }
        routes.get("audit") { request, _ in
            let search = AuditSearch(ledger: setup.node.context.ledger)
            return try ConsoleAnswer.json(try await search.records(statement: try request.required("statement")))
        }
    }
}
