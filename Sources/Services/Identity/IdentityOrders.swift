package import Ledgers
package import ServiceKit

/// What somebody wants who found that some identifiers belong to one person.
package struct LinkOrder: Sendable, Equatable {
    package var identifiers: [PatientIdentifier]
    package var evidence: IdentityEvidence
    /// Where the evidence is found, without personal data.
    package var reference: String
    /// The separations that are thereby declared wrong; all that stand between the identifiers must be named.
    package var overrules: [EntryID]

    package init(
        identifiers: [PatientIdentifier], evidence: IdentityEvidence, reference: String = "", overrules: [EntryID] = []
    ) {
        self.identifiers = identifiers
        self.evidence = evidence
        self.reference = reference
        self.overrules = overrules
    }
}

/// What somebody wants who found that a merge was wrong.
package struct SeparationOrder: Sendable, Equatable {
    /// One person's identifiers, and another's; both empty where only links are undone.
    package var first: [PatientIdentifier]
    package var second: [PatientIdentifier]
    /// Links that were wrong, besides those that name identifiers of both.
    package var links: [EntryID]
    /// Why, without personal data.
    package var reason: String

    package init(
        first: [PatientIdentifier], second: [PatientIdentifier], links: [EntryID] = [], reason: String
    ) {
        self.first = first
        self.second = second
        self.links = links
        self.reason = reason
    }
}

/// What became of a link or a separation; on this node's disk.
package struct IdentityReceipt: Sendable, Equatable {
    package var entry: EntryID
    /// `false` where the same link stood already.
    package var isNew: Bool
    /// The links that a separation undid.
    package var undone: [EntryID] = []
    /// Links over other identifiers that still lead from the one person to the other; somebody must say which is wrong.
    package var stillJoinedBy: [EntryID] = []
    /// It counts at this node alone: the unit has not reported under any of the identifiers, as far as is known here.
    package var isHereOnly = false
    /// The access statement on which it rests.
    package var statement: String
}
