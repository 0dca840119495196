import NodeRuntime
package import ServiceKit

/// What an operator asks of the audit ledger.
package enum AuditEndpoints {
    /// One access statement by its id.
    package struct StatementQuestion: Codable, Sendable, Equatable {
        package var statement: String

        package init(statement: String) { self.statement = statement }
    }

    package static let show = Endpoint<StatementQuestion, [AuditInfo]>(
        .get, "audit", summary: "What rests on one access statement, and on those that follow it.", question: .query,
        answer: .json)

    /// A person's number stands in no address: proxies and logs keep those.
    package static let list = Endpoint<AuditFilter, AuditListing>(
        .post, "audit/list",
        summary: "Looks at people's data, the newest first; asking for a person's looks is one of them.",
        audit: AuditSearch.action, question: .json, answer: .json)

    static func endpoints(of setup: ConsoleSetup) -> [ServedEndpoint] {
        let search = AuditSearch(setup: setup)
        return [
            show.serve { try await search.records(statement: $0.statement) },
            list.serve { try await search.records($0) },
        ]
    }
}
