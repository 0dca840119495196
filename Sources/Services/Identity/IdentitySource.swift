package import Ledgers
package import ServiceKit
package import Storage

/// What reports know of people; the service that holds reports gives it, so that identities need not know reports.
package struct IdentitySource: Sendable {
    /// The keys that reports name together with a key.
    package var neighbours:
        @Sendable (PatientKeyReference, any SQLTransaction) throws -> [(PatientKeyReference, EntryID)]
    /// Whether a report under a key lies in this node's index.
    package var isNamed: @Sendable (PatientKeyReference, any SQLTransaction) throws -> Bool
    /// A report of a unit under one of some keys; none where the unit never reported under any, as far as is known here.
    package var reported: @Sendable ([PatientKeyReference], _ unit: String, any SQLTransaction) throws -> EntryID?
    /// The people of the newest reports under these keys whose payload lies here; one per key at most.
    package var people: @Sendable ([PatientKeyReference]) async throws -> [HeldPerson]

    package init(
        neighbours:
            @escaping @Sendable (PatientKeyReference, any SQLTransaction) throws -> [(
                PatientKeyReference, EntryID
            )],
        isNamed: @escaping @Sendable (PatientKeyReference, any SQLTransaction) throws -> Bool,
        reported: @escaping @Sendable ([PatientKeyReference], String, any SQLTransaction) throws -> EntryID?,
        people: @escaping @Sendable ([PatientKeyReference]) async throws -> [HeldPerson]
    ) {
        self.neighbours = neighbours
        self.isNamed = isNamed
        self.reported = reported
        self.people = people
    }

    /// Links alone.
    package static let none = IdentitySource(
        neighbours: { _, _ in [] }, isNamed: { _, _ in false }, reported: { _, _, _ in nil },
        people: { _ in [] })
}

/// A person as an entry describes him or her whose payload lies here.
package struct HeldPerson: Sendable, Equatable {
    /// Where it stands.
    package var entry: EntryID
    package var identifiers: [PatientIdentifier]
    /// Whose numbers those are that do not name their issuer.
    package var institution: String
    package var name: String?
    /// As the message gives it.
    package var birthDate: String?
    /// `M`, `F`, `O`, `U`, or what the message says.
    package var sex: String?

    package init(
        entry: EntryID, identifiers: [PatientIdentifier], institution: String = "", name: String? = nil,
        birthDate: String? = nil, sex: String? = nil
    ) {
        self.entry = entry
        self.identifiers = identifiers
        self.institution = institution
        self.name = name
        self.birthDate = birthDate
        self.sex = sex
    }
}

/// A service that knows people by its own entries, for identities.
package protocol IdentitySourcing {
    var identitySource: IdentitySource { get }
}
