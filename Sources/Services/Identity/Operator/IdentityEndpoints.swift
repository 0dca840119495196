import Effects
import Ledgers
import Regions
package import ServiceKit

/// What an operator asks about who is who.
package enum IdentityEndpoints: EndpointSet {
    /// How many links and separations are listed.
    package struct LogQuestion: Codable, Sendable, Equatable {
        package var limit: UInt32?

        package init(limit: UInt32? = nil) { self.limit = limit }
    }

    package static let show = Endpoint<RecordQuestion, PersonInfo>(
        .post, "identity/show", summary: "What lies at this node of the person whom an identifier names.",
        role: .practitioner { $0.practitioner }, audit: "identity.show", question: .json, answer: .json,
        failures: [.forbidden])

    package static let lookup = Endpoint<IdentityLookup, PersonInfo>(
        .post, "identity/lookup", summary: "The other identifiers of a person, of one type or authority.",
        role: .practitioner { $0.question.practitioner }, audit: "identity.lookup", question: .json, answer: .json,
        failures: [.forbidden])

    package static let link = Endpoint<IdentityLinking, IdentityReceiptInfo>(
        .post, "identity/link", summary: "Writes that identifiers are one person's.",
        role: .practitioner { $0.question.practitioner }, audit: "identity.link", question: .json, answer: .json,
        failures: [.forbidden, .absent, .conflict])

    package static let separate = Endpoint<IdentitySeparating, IdentityReceiptInfo>(
        .post, "identity/separate", summary: "Writes that identifiers are two persons'.",
        role: .practitioner { $0.question.practitioner }, audit: "identity.separate", question: .json, answer: .json,
        failures: [.forbidden, .absent, .conflict])

    package static let log = Endpoint<LogQuestion, [IdentityRecordInfo]>(
        .get, "identity/log", summary: "Who linked and separated what, the newest first; no identifier stands in it.",
        question: .query, answer: .json)

    private static let logLines: UInt32 = 50

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(IdentityService.self)
        let source = node.offers((any IdentitySourcing).self).first?.identitySource ?? .none
        let desk = OperatorDesk(service: service, source: source)
        return [
            show.serve { try await desk.person($0, show.description.audit) },
            lookup.serve { lookup in
                var answer = try await desk.person(lookup.question, Self.lookup.description.audit)
                answer.identifiers.removeAll { !lookup.takes($0) }
                answer.records = []
                return answer
            },
            link.serve { try await desk.link($0) },
            separate.serve { try await desk.separate($0) },
            log.serve { question in
                try await service.log(limit: Int(question.limit ?? logLines)).map(IdentityRecordInfo.init)
            },
        ]
    }

    /// Turns what an operator enters into orders of the service.
    private struct OperatorDesk {
        let service: IdentityService
        let source: IdentitySource

        private var access: AskingReader { AskingReader(service.context) }

        func person(_ question: RecordQuestion, _ action: String?) async throws -> PersonInfo {
            PersonInfo(
                try await service.person(
                    [try access.identifier(question)], question: action ?? "", source: source,
                    by: try access.asking(question)))
        }

        func link(_ linking: IdentityLinking) async throws -> IdentityReceiptInfo {
            guard let evidence = IdentityEvidence(rawValue: linking.evidence) else {
                throw KnownWord.failure(
                    linking.evidence, what: "evidence", among: IdentityEvidence.known.map(\.rawValue),
                    code: "identity.evidence")
            }
            let order = LinkOrder(
                identifiers: [try access.identifier(linking.question)] + (try linking.others.map(access.identifier)),
                evidence: evidence, reference: linking.reference ?? "",
                overrules: try (linking.overrules ?? []).map { try EntryID($0) })
            return IdentityReceiptInfo(
                try await service.link(order, source: source, by: try access.asking(linking.question)))
        }

        func separate(_ separating: IdentitySeparating) async throws -> IdentityReceiptInfo {
            let order = SeparationOrder(
                first: [try access.identifier(separating.question)], second: try separating.from.map(access.identifier),
                links: try (separating.links ?? []).map { try EntryID($0) }, reason: separating.reason)
            return IdentityReceiptInfo(
                try await service.separate(order, source: source, by: try access.asking(separating.question)))
        }
    }
}
