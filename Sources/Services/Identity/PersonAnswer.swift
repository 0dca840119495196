package import Ledgers
package import ServiceKit

/// What this node knows of a person by an identifier.
package struct PersonAnswer: Sendable, Equatable {
    /// An identifier in clear, as an entry holds it that lies here.
    package struct Known: Sendable, Equatable {
        package var identifier: PatientIdentifier
        /// The entry whose payload holds it; none for the one that was asked for and stands nowhere here.
        package var heldBy: EntryID?
        /// The evidence that leads to it; empty for one that was asked for.
        package var path: [Equivalents.Evidence]
    }

    package var equivalents: Equivalents
    package var identifiers: [Known]
    /// People as reports describe them whose payload lies here, newest of each key.
    package var people: [HeldPerson]
    /// The links and separations of the person, newest first, with identifiers where they lie here.
    package var records: [IdentityRecord]
    /// Whether anything here names the person: a report in the index, a link or a separation.
    package var isKnown: Bool
    /// This node indexes keys for nodes below it and holds the payloads of its own hospitals alone.
    package var isIndex: Bool
    /// The access statement on which the answer rests.
    package var statement: String
}
