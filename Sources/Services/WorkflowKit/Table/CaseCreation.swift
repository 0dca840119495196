package import Ledgers
package import Regions

/// How a case comes to be.
package struct CaseCreation<W: Workflow>: Sendable {
    /// What its header says of the patient.
    package enum Keys: Sendable {
        /// The patient's keys: the region may count and find the case by them.
        case inHeader
        /// Nothing, neither of the patient nor of who wrote it: it is confidential. A patient need not be named, nor
        /// whoever writes it; both lie beside what was written, and go to no other node.
        case none
    }

    package var kind: EntryKind
    package var role: W.Role
    package var keys: Keys
    package var headerAudience: Audience
    package var payloadAudience: Audience
    package var form: CaseForm
    /// Whether a region configuration agrees on such terms.
    package var isAgreed: @Sendable (W.Terms, RegionConfiguration) -> Bool
    /// Who opens a case by a signed access statement as long as it is not closed, without a grant: what was written comes
    /// from the node that made the case, which answers nobody else.
    package var readers: Set<W.Role>
    /// The workflow whose cases make such a case day after day (``CaseRecurrence``); `nil` where none does.
    ///
    /// Somebody may make one all the same.
    package var plan: String?
    /// Who decides first about a case that a node makes; `nil` where nobody does.
    package var firstHome: @Sendable (NodeID, ManagementTree) -> NodeID?

    package init(
        kind: EntryKind, role: W.Role, keys: Keys, headerAudience: Audience, payloadAudience: Audience,
        form: CaseForm, readers: Set<W.Role> = [], plan: String? = nil,
        isAgreed: @escaping @Sendable (W.Terms, RegionConfiguration) -> Bool,
        firstHome: @escaping @Sendable (NodeID, ManagementTree) -> NodeID?
    ) {
        self.kind = kind
        self.role = role
        self.keys = keys
        self.headerAudience = headerAudience
        self.payloadAudience = payloadAudience
        self.form = form
        self.readers = readers
        self.plan = plan
        self.isAgreed = isAgreed
        self.firstHome = firstHome
    }
}
