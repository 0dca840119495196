import Effects
import Ledgers
import ServiceKit
import Storage

/// Reads the identity projection.
enum IdentityTable {
    /// The keys of one side of an entry.
    static func keys(of entry: EntryID, side: Int, in sql: any SQLTransaction) throws -> [PatientKeyReference] {
        try sql.rows(
            "SELECT patient_key FROM identity_key WHERE entry = $1 AND side = $2 ORDER BY patient_key",
            [entry.description, side]
        ).map { row in
            guard let key = PatientKeyReference(indexBytes: try row.bytes(0)) else { throw IdentityLink.malformed }
            return key
        }
    }
}
