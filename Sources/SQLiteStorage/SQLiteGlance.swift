package import Effects
import GRDBSQLite
package import Storage

/// A look into a database that changes nothing, at rest or while another process works with it: no file is made, written
/// or removed.
///
/// Not for a process that has the database open itself: closing a file takes that process's locks on it away.
package struct SQLiteGlance {
    private let path: String
    private let disk: any Disk

    package init(path: String, disk: any Disk) {
        self.path = path
        self.disk = disk
    }

    /// The files of which a database consists, as far as they are there.
    package var files: [String] { [path, path + "-wal", path + "-shm"].filter { disk.exists($0) } }

    /// Whether there is a write-ahead log whose index went, as it can in a copy: what it holds is not seen here, and is
    /// taken in when the database is opened for writing.
    package var isWithoutLog: Bool { disk.exists(path + "-wal") && !disk.exists(path + "-shm") }

    /// Runs `body` with a means to ask for rows, in one snapshot.
    ///
    /// - Throws: `storage.unopenable` with the engine's reason; what `body` throws.
    package func read<Value>(_ body: ((SQLText) throws -> [SQLRow]) throws -> Value) throws -> Value {
        // With log and index SQLite reads what was committed, and takes part in the locks of who writes; the index is only
        // read. Without them it would make them, unless it is told that nothing changes.
        let hasLog = disk.exists(path + "-wal") && disk.exists(path + "-shm")
        let location = "file:\(Self.encoded(path))?mode=ro&\(hasLog ? "readonly_shm=1" : "immutable=1")"
        var connection: OpaquePointer?
        let code = sqlite3_open_v2(location, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil)
        defer { sqlite3_close(connection) }
        guard code == SQLITE_OK, let connection else { throw failure(connection, code) }
        sqlite3_busy_timeout(connection, Self.busyMilliseconds)
        _ = try rows("BEGIN", connection)
        return try body { try rows($0, connection) }
    }

    private static let busyMilliseconds: Int32 = 5_000

    private func rows(_ sql: SQLText, _ connection: OpaquePointer) throws -> [SQLRow] {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(connection, sql.text, -1, &statement, nil)
        defer { sqlite3_finalize(statement) }
        guard code == SQLITE_OK, let statement else { throw failure(connection, code) }
        var rows: [SQLRow] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append(SQLiteTransaction.row(statement))
            case SQLITE_DONE: return rows
            case let code: throw failure(connection, code)
            }
        }
    }

    private func failure(_ connection: OpaquePointer?, _ code: Int32) -> Failure {
        let reason = connection.flatMap(sqlite3_errmsg).map { String(cString: $0) } ?? "SQLite code \(code)"
        return Failure(
            "storage.unopenable", "the database cannot be read: \(reason)", place: path,
            remedy: "check the folder's permissions and the disk")
    }

    /// A path inside a URI.
    private static func encoded(_ path: String) -> String {
        path.utf8.map { byte in
            let isPlain = byte.isPlainInPath
            let hex = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (hex.count < 2 ? "0" : "") + hex
        }.joined()
    }
}

extension UInt8 {
    fileprivate var isPlainInPath: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
