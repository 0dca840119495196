import Effects
import SQLiteStorage
import Storage
import Testing

/// A database engine that the contract holds for.
///
/// A new driver adds one line to `all`.
struct StoreEngine: Sendable, CustomTestStringConvertible {
    let name: String
    /// Opens or creates the one database of a folder.
    let open:
        @Sendable (_ folder: String, _ world: World, _ onBroken: @escaping @Sendable (Failure) -> Void) throws ->
            any Store
    /// Whether the writer's commits wait for the disk, as the engine itself says.
    let isFullySynchronised: @Sendable (any SQLTransaction) throws -> Bool
    /// Whether a table's rows lie in its primary key's index alone.
    let isClustered: @Sendable (_ table: String, any SQLTransaction) throws -> Bool
    /// Lets the database grow by a few pages at most, or as far as it likes.
    let limitGrowth: @Sendable (any SQLTransaction, _ isLimited: Bool) throws -> Void
    /// Damages a closed or idle database's files behind the engine's back.
    let damage: @Sendable (_ folder: String) throws -> Void

    var testDescription: String { name }

    static let all: [StoreEngine] = [sqlite]

    static let sqlite = StoreEngine(
        name: "SQLite",
        open: { try SQLiteStore(path: $0 + "/node.sqlite", world: $1, onBroken: $2) },
        isFullySynchronised: { sql in
            let level = try sql.row("PRAGMA synchronous", [])?.integer(0)
            let journal = try sql.row("PRAGMA journal_mode", [])?.text(0)
            return level == 2 && journal == "wal"
        },
        isClustered: { table, sql in
            let text = try sql.row("SELECT sql FROM sqlite_schema WHERE name = $1", [table])?.text(0)
            return text?.hasSuffix("WITHOUT ROWID") == true
        },
        limitGrowth: { sql, isLimited in
            _ =
                isLimited
                ? try sql.rows("PRAGMA max_page_count=40", []) : try sql.rows("PRAGMA max_page_count=1000000", [])
        },
        damage: { folder in
            let path = folder + "/node.sqlite"
            let disk = SystemDisk()
            let bytes = try disk.read(path, limitBytes: 1 << 28)
            let spoiled = Array(bytes.prefix(4_096)) + [UInt8](repeating: 0xa5, count: bytes.count - 4_096)
            try disk.write(spoiled, to: path, mode: 0o600)
        })
}
