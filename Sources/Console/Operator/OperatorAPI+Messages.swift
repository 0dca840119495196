import Effects
import Hummingbird
import NodeRuntime
import Recognition

extension OperatorAPI {
    func addMessages(to routes: Routes) {
        routes.get("messages") { request, _ in
            let id = try request.required("id")
            let taken = try await service().takenMessages(withID: id, limit: Self.answersShown)
            let refused = setup.refusals().filter { $0.message == id }
            return try ConsoleAnswer.json((taken.map(MessageInfo.init) + refused).sorted(by: Self.isNewer))
        }
        routes.get("messages/list") { request, _ in
            let limit = try request.number("limit").map { Int(clamping: $0) } ?? Limits.queryResults
            let refused = setup.refusals()
            guard try !request.flag("refused") else {
                return try ConsoleAnswer.json(Array(refused.prefix(limit)))
            }
            let taken = try await service().takenMessages(limit: limit).map { message in
                var info = MessageInfo(message)
                // Answers are long, and `message show` has them.
                info.answer = ""
                return info
            }
            return try ConsoleAnswer.json(Array((taken + refused).sorted(by: Self.isNewer).prefix(limit)))
        }
        routes.post("import") { request, _ in
            let bytes = try await request.bytes(limitBytes: Limits.importFileBytes)
            guard !bytes.isEmpty else {
                throw Failure("console.badRequest", "the file is empty", remedy: "give a file with a message in it")
            }
            return try ConsoleAnswer.json(
                try await setup.importing(
                    bytes, request.parameter("format"), request.parameter("institution"),
                    try request.flag("check")))
        }
        routes.get("audit") { request, _ in
            try ConsoleAnswer.json(
                try await AuditSearch(setup: setup).records(statement: try request.required("statement")))
        }
        // A person's number stands in no address: proxies and logs keep those.
        routes.post("audit/list") { request, _ in
            try ConsoleAnswer.json(
                try await AuditSearch(setup: setup).records(try await request.json(AuditFilter.self)))
        }
    }

    private static let answersShown = 20

    private static func isNewer(_ left: MessageInfo, _ right: MessageInfo) -> Bool {
        left.receivedAt > right.receivedAt
    }

    private func service() throws -> RecognitionService { try setup.node.service(RecognitionService.self) }
}

extension MessageInfo {
    init(_ message: TakenMessage) {
        self.init(
            message: message.message, institution: message.institution, outcome: message.outcome,
            receivedAt: message.receivedTime.description, answer: String(decoding: message.answer, as: UTF8.self))
    }
}
