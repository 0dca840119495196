import Regions
import Storage

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
