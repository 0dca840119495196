import Effects
import Hummingbird
import Identity
import Ledgers
import NodeRuntime
import Recognition
import Regions
import ServiceKit

extension OperatorAPI {
    func addIdentity(to routes: Routes) {
        routes.post("identity/show") { request, _ in
            let question = try await request.json(RecordQuestion.self)
            return try ConsoleAnswer.json(try await person(question, "identity.show"))
        }
        routes.post("identity/lookup") { request, _ in
            let lookup = try await request.json(IdentityLookup.self)
            var answer = try await person(lookup.question, "identity.lookup")
            answer.identifiers.removeAll { !lookup.takes($0) }
            answer.records = []
            return try ConsoleAnswer.json(answer)
        }
        routes.post("identity/link") { request, _ in
            try ConsoleAnswer.json(try await link(try await request.json(IdentityLinking.self)))
        }
        routes.post("identity/separate") { request, _ in
            try ConsoleAnswer.json(try await separate(try await request.json(IdentitySeparating.self)))
        }
        routes.get("identity/log") { request, _ in
            let limit = try request.number("limit").map { Int(clamping: $0) } ?? Self.logLines
            let service = try setup.node.service(IdentityService.self)
            return try ConsoleAnswer.json(try await service.log(limit: limit).map(IdentityRecordInfo.init))
        }
    }

    private static let logLines = 50

    private func person(_ question: RecordQuestion, _ action: String) async throws -> PersonInfo {
        let desk = AccessDesk(setup: setup)
        let source = try setup.node.service(RecognitionService.self).identitySource
        let service = try setup.node.service(IdentityService.self)
        return PersonInfo(
            try await service.person(
                [try desk.identifier(question)], question: action, source: source, by: try desk.asker(question)))
    }

    private func link(_ linking: IdentityLinking) async throws -> IdentityReceiptInfo {
        let desk = AccessDesk(setup: setup)
        guard let evidence = IdentityEvidence(rawValue: linking.evidence) else {
            throw KnownWord.failure(
                linking.evidence, what: "evidence", among: IdentityEvidence.known.map(\.rawValue),
                code: "identity.evidence")
        }
        let order = LinkOrder(
            identifiers: [try desk.identifier(linking.question)] + (try linking.others.map(desk.identifier)),
            evidence: evidence, reference: linking.reference ?? "",
            overrules: try (linking.overrules ?? []).map { try EntryID($0) })
        let service = try setup.node.service(IdentityService.self)
        let source = try setup.node.service(RecognitionService.self).identitySource
        return IdentityReceiptInfo(try await service.link(order, source: source, by: try desk.asker(linking.question)))
    }

    private func separate(_ separating: IdentitySeparating) async throws -> IdentityReceiptInfo {
        let desk = AccessDesk(setup: setup)
        let order = SeparationOrder(
            first: [try desk.identifier(separating.question)],
            second: try separating.from.map(desk.identifier),
            links: try (separating.links ?? []).map { try EntryID($0) }, reason: separating.reason)
        let service = try setup.node.service(IdentityService.self)
        let source = try setup.node.service(RecognitionService.self).identitySource
        return IdentityReceiptInfo(
            try await service.separate(order, source: source, by: try desk.asker(separating.question)))
    }
}
