import Effects
package import Ledgers
import Regions
import ServiceKit
package import Storage

extension EntryKind {
    /// Some identifiers belong to one person.
    package static let identityLink = EntryKind(400)
    /// Links were wrong, or some identifiers belong to different persons.
    package static let identitySeparation = EntryKind(401)
}

/// The index of links and separations by patient key.
///
/// It holds what the entries say and judges nothing: which of them count is computed when somebody asks
/// (``IdentityWeighing``), so that the tables do not depend on the order in which independent ledgers arrive.
package struct IdentityProjection: Projection {
    package init() {}

    package let name = "identity"
    package let declared = [
        DeclaredKind(.identityLink, author: .identityLink),
        DeclaredKind(.identitySeparation, author: .identitySeparation),
    ]
    package let tables: [StaticString] = ["identity_entry", "identity_key", "identity_cause"]
    package let migrations = [
        Migration(
            "identity", 1,
            [
                """
                CREATE TABLE identity_entry (
                    entry TEXT NOT NULL PRIMARY KEY, kind BIGINT NOT NULL, author_time BIGINT NOT NULL,
                    received_at BIGINT NOT NULL, fields BYTEA NOT NULL, renews TEXT, has_payload BIGINT NOT NULL)
                """,
                "CREATE INDEX identity_entry_by_time ON identity_entry (author_time, entry)",
                """
                CREATE TABLE identity_key (
                    patient_key BYTEA NOT NULL, entry TEXT NOT NULL, side BIGINT NOT NULL,
                    PRIMARY KEY (patient_key, entry))
                """,
                "CREATE INDEX identity_key_by_entry ON identity_key (entry)",
                """
                CREATE TABLE identity_cause (
                    cause TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (cause, entry))
                """,
            ])
    ]

    /// The side of a link's keys; those of a separation have 1 and 2.
    static let linkSide = 0

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        let sides: [(Int, [PatientKeyReference])]
        if entry.kind == .identityLink {
            sides = [(Self.linkSide, try IdentityLink(bytes: entry.fields).keys)]
        } else {
            sides = Array(zip(1..., try IdentitySeparation(bytes: entry.fields).groups))
        }
        let renewed = try Self.checkCauses(of: entry, hasKeys: !sides.isEmpty, in: transaction)
        try transaction.execute(
            """
            INSERT INTO identity_entry (entry, kind, author_time, received_at, fields, renews, has_payload)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry) DO UPDATE SET
                has_payload = CASE WHEN excluded.has_payload = 1 THEN 1 ELSE identity_entry.has_payload END
            """,
            [
                entry.id.description, Int(entry.kind.rawValue), entry.authorTime.milliseconds,
                entry.receivedTime.milliseconds, entry.fields, renewed?.description, entry.payload != nil,
            ])
        for (side, keys) in sides {
            for key in keys {
                try transaction.execute(
                    """
                    INSERT INTO identity_key (patient_key, entry, side) VALUES ($1, $2, $3)
                    ON CONFLICT (patient_key, entry) DO NOTHING
                    """, [key.indexBytes, entry.id.description, side])
            }
        }
        for cause in entry.causes {
            try transaction.execute(
                """
                INSERT INTO identity_cause (cause, entry) VALUES ($1, $2) ON CONFLICT (cause, entry) DO NOTHING
                """, [cause.description, entry.id.description])
        }
    }

    /// Checks that the causes are identity entries, older ones, and of one kind.
    ///
    /// What an entry names is folded before it; within one batch only its place tells what is older, and without that
    /// check a hostile batch could hold two entries that overrule each other.
    ///
    /// - Returns: the entry of the same kind that this one renews.
    private static func checkCauses(
        of entry: Entry, hasKeys: Bool, in sql: any SQLTransaction
    ) throws -> EntryID? {
        guard entry.causes.count <= Limits.identityCauses, Set(entry.causes).count == entry.causes.count else {
            throw IdentityLink.malformed
        }
        var renewed: EntryID?
        for cause in entry.causes {
            guard cause.batch != entry.id.batch || cause.index < entry.id.index,
                let row = try sql.row("SELECT kind FROM identity_entry WHERE entry = $1", [cause.description])
            else {
                throw Failure("identity.badCause", "an identity entry names a cause that is no older identity entry")
            }
            if try row.integer(0) == Int64(entry.kind.rawValue) { renewed = cause }
        }
        guard renewed == nil || entry.causes.count == 1, hasKeys || !entry.causes.isEmpty, hasKeys || renewed == nil
        else {
            throw Failure("identity.badCause", "an identity entry renews one entry, or names entries of the other kind")
        }
        return renewed
    }
}
