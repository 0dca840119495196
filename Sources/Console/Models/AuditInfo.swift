package import ServiceKit

/// One look at a person's data, as the audit ledger of one node has it.
package struct AuditInfo: Codable, Sendable, Equatable {
    package var entry: String
    package var at: String
    package var action: String
    package var outcome: String
    package var statement: String
    /// The node where the person sat.
    package var node: String
    package var practitioner: String
    /// The unit where the person works.
    package var unit: String
    /// The hospital's system that brought the question, as its node calls it; empty: none did.
    package var system: String
    package var purpose: String
    package var breakGlassReason: String?
    /// The neighbour that brought the question; empty for somebody at this node.
    package var caller: String
    package var correlation: String
    package var answered: Int
    /// What an auditor found about an opening without consent, the last; none where nobody reviewed it.
    package var review: AuditReviewInfo?
}

/// Which looks an operator wants to see; what is not given narrows nothing.
package struct AuditFilter: Codable, Sendable, Equatable {
    /// At whose data somebody looked.
    package var patient: IdentifierInfo?
    /// Who asks for a patient's looks; "operator" where nobody is named.
    package var asker: String?
    package var practitioner: String?
    package var purpose: String?
    /// The hospital's system that brought the question.
    package var system: String?
    /// The node where somebody sat.
    package var node: String?
    /// Only where somebody passed a limit.
    package var isAlert: Bool?
    /// From this moment on.
    package var from: String?
    /// Before this moment.
    package var to: String?
    package var limit: UInt32?

    package init(
        patient: IdentifierInfo? = nil, asker: String? = nil, practitioner: String? = nil, purpose: String? = nil,
        system: String? = nil, node: String? = nil, isAlert: Bool? = nil, from: String? = nil, to: String? = nil,
        limit: UInt32? = nil
    ) {
        self.patient = patient
        self.asker = asker
        self.practitioner = practitioner
        self.purpose = purpose
        self.system = system
        self.node = node
        self.isAlert = isAlert
        self.from = from
        self.to = to
        self.limit = limit
    }
}

/// Looks at people's data, the newest first.
package struct AuditListing: Codable, Sendable, Equatable {
    package var records: [AuditInfo]
    /// There are more; those before the last one's `at` are shown with that as `to`.
    package var isTruncated: Bool

    package init(records: [AuditInfo], isTruncated: Bool) {
        self.records = records
        self.isTruncated = isTruncated
    }

    /// A page of the newest records.
    ///
    /// It ends between two moments: records of one commit share theirs, and whoever goes on before the last moment of a page
    /// that ended among them would never see the rest.
    ///
    /// - Parameters:
    ///   - newest: the newest first, one more than the page may have where there are more.
    ///   - limit: how many it may have; more of one moment than that are not told apart.
    init(newest: [AuditInfo], limit: Int) {
        var page = Array(newest.prefix(limit))
        if newest.count > limit, let first = page.first?.at, first != newest[limit].at {
            page.removeAll { $0.at == newest[limit].at }
        }
        self.init(records: page, isTruncated: newest.count > limit)
    }
}
