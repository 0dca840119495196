package import Effects
package import Regions
package import Storage
package import Trust

/// Keeps the region configurations that the dispatcher's ledger brings; a node's keeper takes them from here.
package struct RegionProjection: Projection {
    package init() {}

    package let name = "region"
    package let declared = [DeclaredKind(.regionConfiguration, author: .regionRoot)]
    package let tables: [StaticString] = ["region_configuration"]
    package let migrations = [
        Migration(
            "region", 1,
            [
                """
                CREATE TABLE region_configuration (
                    entry TEXT NOT NULL PRIMARY KEY, version BIGINT NOT NULL, bytes BYTEA NOT NULL,
                    received_at BIGINT NOT NULL)
                """
            ])
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        guard let bytes = entry.payload else { return }
        guard let version = UInt64(entry.subject) else {
            throw Failure("region.badBytes", "the subject of a region configuration is no version")
        }
        try transaction.execute(
            """
            INSERT INTO region_configuration (entry, version, bytes, received_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (entry) DO NOTHING
            """, [entry.id.description, version, bytes, entry.receivedTime.milliseconds])
    }

    /// The newest configurations above `version` that the ledger brought, the lowest first.
    ///
    /// The newest alone would not do: it may wait for its time, and those below it hold until then.
    package static func newer(than version: UInt64, limit: Int, in sql: any SQLTransaction) throws -> [[UInt8]] {
        try sql.rows(
            "SELECT bytes FROM region_configuration WHERE version > $1 ORDER BY version DESC LIMIT $2",
            [version, limit]
        ).map { try $0.bytes(0) }.reversed()
    }

    /// The configurations that the ledger brought, the newest first.
    package static func newest(limit: Int, in sql: any SQLTransaction) throws -> [[UInt8]] {
        try sql.rows("SELECT bytes FROM region_configuration ORDER BY version DESC, entry LIMIT $1", [limit])
            .map { try $0.bytes(0) }
    }

    /// The newest configuration below a version that the ledger brought.
    package static func before(_ version: UInt64, in sql: any SQLTransaction) throws -> [UInt8]? {
        try sql.row(
            "SELECT bytes FROM region_configuration WHERE version < $1 ORDER BY version DESC, entry LIMIT 1", [version]
        ).map { try $0.bytes(0) }
    }

    /// Whether the ledger brought a configuration of this version.
    package static func holds(_ version: UInt64, in sql: any SQLTransaction) throws -> Bool {
        try sql.row("SELECT 1 FROM region_configuration WHERE version = $1 LIMIT 1", [version]) != nil
    }

    /// The entry that brings a configuration to everybody.
    package static func draft(version: UInt64, bytes: [UInt8]) -> EntryDraft {
        EntryDraft(
            kind: .regionConfiguration, subject: "\(version)", fields: [], headerAudience: .region, payload: bytes,
            payloadAudience: .region)
    }
}

/// The region as a ledger sees it at the moment: ledger keys, who manages whom, who may write for whom.
package protocol RegionView: KeyDirectory {
    func tree(at time: WallTime) -> ManagementTree
    /// From when to when a key may seal for a node; `nil` where it is not bound to it.
    func ledgerKeyRecord(of node: NodeID, id: KeyID) -> LedgerKeyRecord?
    /// Grows with each configuration that comes into force.
    var version: UInt64 { get }
    /// The configuration in force.
    var current: RegionConfiguration { get }
    var deliveries: DeliveryTable { get }
    /// Reads a configuration that the region's root key signed.
    ///
    /// - Throws: `region.badSignature`, and what reading it throws.
    func configuration(signedAs bytes: [UInt8]) throws -> RegionConfiguration
}
