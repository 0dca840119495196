import Effects
package import Ledgers
import Regions
package import Storage

/// Quality certificates, as the dispatcher publishes them.
package struct CertificateProjection: Projection {
    package init() {}

    package let name = "recognition-certificate"
    package let declared = [DeclaredKind(.qualityCertificate, author: .certificate)]
    package let tables: [StaticString] = ["recognition_certificate"]
    package let migrations = [
        Migration(
            "recognition-certificate", 1,
            [
                """
                CREATE TABLE recognition_certificate (
                    entry TEXT NOT NULL PRIMARY KEY, number TEXT NOT NULL, version BIGINT NOT NULL, unit TEXT NOT NULL,
                    fields BYTEA NOT NULL, at BIGINT NOT NULL)
                """,
                "CREATE INDEX recognition_certificate_by_unit ON recognition_certificate (unit)",
                "CREATE INDEX recognition_certificate_by_number ON recognition_certificate (number)",
            ])
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        let (certificate, version) = try QualityCertificate.read(entry.fields)
        guard certificate.number == entry.subject else {
            throw Failure("recognition.malformed", "a certificate contradicts its subject")
        }
        try transaction.execute(
            """
            INSERT INTO recognition_certificate (entry, number, version, unit, fields, at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (entry) DO NOTHING
            """,
            [
                entry.id.description, certificate.number, version, certificate.unit.rawValue, entry.fields,
                entry.authorTime.milliseconds,
            ])
    }
}

/// Reads the projection of certificates: of each number the highest version.
enum CertificateTable {
    static func certificates(of unit: OrgUnitID, in sql: any SQLTransaction) throws -> [QualityCertificate] {
        try sql.rows(
            """
            SELECT c.fields FROM recognition_certificate c WHERE c.unit = $1 AND NOT EXISTS (
                SELECT 1 FROM recognition_certificate n WHERE n.number = c.number
                AND (n.version > c.version OR n.version = c.version AND n.entry > c.entry))
            ORDER BY c.number
            """, [unit.rawValue]
        ).map { try QualityCertificate.read(try $0.bytes(0)).certificate }
    }

    static func all(limit: Int, in sql: any SQLTransaction) throws -> [QualityCertificate] {
        try sql.rows(
            """
            SELECT c.fields FROM recognition_certificate c WHERE NOT EXISTS (
                SELECT 1 FROM recognition_certificate n WHERE n.number = c.number
                AND (n.version > c.version OR n.version = c.version AND n.entry > c.entry))
            ORDER BY c.unit, c.number LIMIT $1
            """, [limit]
        ).map { try QualityCertificate.read(try $0.bytes(0)).certificate }
    }

    /// The highest version of a number and what it says; `nil` for a number that nobody used.
    static func newest(
        _ number: String, in sql: any SQLTransaction
    ) throws -> (certificate: QualityCertificate, version: Int)? {
        try sql.row(
            """
            SELECT fields FROM recognition_certificate WHERE number = $1 ORDER BY version DESC, entry DESC LIMIT 1
            """, [number]
        ).map { try QualityCertificate.read(try $0.bytes(0)) }
    }
}
