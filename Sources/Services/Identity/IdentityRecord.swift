package import Effects
package import Ledgers
package import ServiceKit

/// A link or a separation as the log shows it.
package struct IdentityRecord: Sendable, Equatable {
    package enum Deed: Sendable, Equatable {
        case link(IdentityLink)
        case separation(IdentitySeparation)
    }

    package var entry: EntryID
    package var deed: Deed
    /// For a link the separations that it overrules; for a separation the links that it undoes.
    package var causes: [EntryID]
    package var authorTime: WallTime
    package var receivedTime: WallTime
    /// Whether it counts; `false` where a later one undid or overruled it.
    package var isStanding: Bool
    /// Whether the identifiers lie here in clear.
    package var holdsIdentifiers: Bool
    /// Shown only to somebody who asked about a person, and only as far as they lie here.
    package var identifiers: [(side: Int, identifier: PatientIdentifier)] = []

    package var actor: IdentityActor {
        switch deed {
        case .link(let link): link.actor
        case .separation(let separation): separation.actor
        }
    }

    package static func == (left: IdentityRecord, right: IdentityRecord) -> Bool {
        left.entry == right.entry && left.isStanding == right.isStanding && left.deed == right.deed
            && left.causes == right.causes && left.holdsIdentifiers == right.holdsIdentifiers
    }
}
