import Effects
import Ledgers
import NodeRuntime
import Regions
import SQLiteStorage

/// Looks into the database of a node's ledger before the node does, and changes nothing.
///
/// The process that has the database open itself asks `checkFiles` alone: see ``SQLiteStorage/SQLiteGlance``.
struct NodeLedgerCheck {
    let folder: NodeFolder

    private var glance: SQLiteGlance { SQLiteGlance(path: folder.ledgerPath, disk: folder.disk) }

    /// Whether the node's user, and nobody else, may read and write the files of the database.
    ///
    /// - Throws: `node.ledgerFile`, `node.openLedger`.
    func checkFiles() throws {
        for path in glance.files {
            guard folder.disk.isFile(path), folder.disk.isReadable(path), folder.disk.isWritable(path) else {
                throw Failure(
                    "node.ledgerFile", "this user cannot read and write this file of the ledger", place: path,
                    remedy: "look at its owner: a verb that ran as another user, such as root, may have made it; "
                        + "give it back with `chown`")
            }
            let mode = try folder.disk.mode(path)
            guard mode & 0o077 == 0 else {
                throw Failure(
                    "node.openLedger",
                    "others than its owner may read or write the ledger (mode \(String(mode, radix: 8)))", place: path,
                    remedy: "run `chmod 600 \(path)`, and think about who may have read what")
            }
        }
    }

    /// What the database says of itself, where nothing about it keeps the node from starting.
    ///
    /// - Parameter region: of the node; nil where its configuration cannot be read.
    /// - Throws: what `checkFiles` throws; `ledger.otherOwner`, `storage.newerSchema`, `storage.unopenable`.
    func notes(region: RegionID?) throws -> [String] {
        guard folder.disk.exists(folder.ledgerPath) else { return ["\(folder.ledgerPath): made at the first start"] }
        try checkFiles()
        return try Failure.naming(folder.ledgerPath) {
            let ledger = try glance.read { try LedgerGlance($0) }
            // Without a region its owner is compared with nothing; the region's own failure is said.
            let owner = region.map { "\($0)/\(folder.file.node)" } ?? ledger.owner ?? ""
            let missing = try ledger.check(owner: owner, projections: ServiceList.projections)
            return [
                "\(folder.ledgerPath): ledger of \(ledger.owner ?? "nobody yet"), "
                    + (missing == 0
                        ? "its schema is this program's" : "the next start adds \(missing) steps to its schema")
                    + (glance.isWithoutLog
                        ? "; its -wal file came without the -shm file, and is read at the start" : "")
            ]
        }
    }
}
