package import ServiceKit

/// A finding about an opening without consent.
package struct AuditReviewInfo: Codable, Sendable, Equatable {
    package var entry: String
    package var at: String
    /// The auditor, by the name of the account.
    package var reviewer: String
    package var finding: AuditReview.Finding
    package var words: String
}

/// What somebody looked at without consent, on one access statement and those that follow it, and what was found about it.
package struct OpeningInfo: Codable, Sendable, Equatable {
    /// One record of it.
    package struct Look: Codable, Sendable, Equatable {
        package var entry: String
        package var at: String
        package var action: String
        package var outcome: String
        package var answered: Int
    }

    /// The newest record, by which a finding names it: what comes later is not covered by that finding.
    package var opening: String
    package var statement: String
    package var firstAt: String
    package var lastAt: String
    /// The node where the person sat.
    package var node: String
    package var practitioner: String
    package var unit: String
    package var system: String
    package var purpose: String
    package var reason: String
    /// The oldest first.
    package var looks: [Look]
    /// The oldest first; the last one counts.
    package var reviews: [AuditReviewInfo]
    /// No finding covers all of it.
    package var isWaiting: Bool
}

/// Openings without consent, the newest first.
package struct OpeningListing: Codable, Sendable, Equatable {
    package var openings: [OpeningInfo]
    /// How many of all in these days wait for a finding.
    package var waiting: Int
    /// When the oldest of those was.
    package var waitingSince: String?
    /// There are more in these days than are listed.
    package var isTruncated: Bool
}
