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

    /// Which openings without consent are listed.
    package struct OpeningsQuestion: Codable, Sendable, Equatable {
        /// How far back; 90 days where nothing is said.
        package var days: UInt32?
        /// Only those that wait for a finding.
        package var isWaiting: Bool?
        /// Only the one of which this is a record.
        package var opening: String?
        package var limit: UInt32?

        package init(
            days: UInt32? = nil, isWaiting: Bool? = nil, opening: String? = nil, limit: UInt32? = nil
        ) {
            self.days = days
            self.isWaiting = isWaiting
            self.opening = opening
            self.limit = limit
        }
    }

    /// What an auditor found.
    package struct Review: Codable, Sendable, Equatable {
        /// The newest record of the opening, as the list of openings has it.
        package var opening: String
        package var finding: AuditReview.Finding
        /// Why, in one line and without names.
        package var words: String
        /// The auditor, by the name of the account.
        package var reviewer: String
        /// As a unit's register names the auditor, where one is a practitioner, too.
        package var practitioner: String?

        package init(
            opening: String, finding: AuditReview.Finding, words: String, reviewer: String,
            practitioner: String? = nil
        ) {
            self.opening = opening
            self.finding = finding
            self.words = words
            self.reviewer = reviewer
            self.practitioner = practitioner
        }
    }

    /// What became of a finding.
    package struct Reviewed: Codable, Sendable, Equatable {
        package var entry: String
        /// The same stood there already.
        package var isRepetition: Bool
    }

    /// Whose looks are listed; one's own.
    package struct OwnQuestion: Codable, Sendable, Equatable {
        package var practitioner: String
        /// The unit where they work; every unit of the node where none is named.
        package var unit: String?
        /// Before this moment.
        package var to: String?
        package var limit: UInt32?

        package init(practitioner: String, unit: String? = nil, to: String? = nil, limit: UInt32? = nil) {
            self.practitioner = practitioner
            self.unit = unit
            self.to = to
            self.limit = limit
        }
    }

    package static let openings = Endpoint<OpeningsQuestion, OpeningListing>(
        .get, "audit/openings", summary: "What was opened without consent, and what auditors found about it.",
        question: .query, answer: .json)

    package static let review = Endpoint<Review, Reviewed>(
        .post, "audit/review", summary: "Writes down what an auditor found about an opening without consent.",
        audit: AuditReview.action, question: .json, answer: .json, failures: [.absent, .forbidden])

    package static let own = Endpoint<OwnQuestion, AuditListing>(
        .post, "audit/own", summary: "What a practitioner looked at from this node, the newest first.",
        role: .practitioner { $0.practitioner }, question: .json, answer: .json)

    static func endpoints(of setup: ConsoleSetup) -> [ServedEndpoint] {
        let search = AuditSearch(setup: setup)
        let book = AuditOpenings(setup: setup)
        return [
            show.serve { try await search.records(statement: $0.statement) },
            list.serve { try await search.records($0) },
            openings.serve { try await book.listing($0) },
            review.serve { try await book.review($0) },
            own.serve { try await search.own($0) },
        ]
    }
}
