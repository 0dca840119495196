import Console
import Effects
import Regions
import SQLiteStorage
import Trust

/// Puts a backup into the data folder of a node that does not run.
struct BackupRestoring {
    let backup: String
    let dataFolder: String
    let world: World
    private let files = SystemDisk()

    init(backup: String, dataFolder: String, world: World) {
        self.backup = backup
        self.dataFolder = dataFolder
        self.world = world
    }

    /// Checks everything before anything is changed, and keeps the ledger that lies there.
    ///
    /// - Returns: what the backup said of itself, and where the ledger is that lay there before.
    /// - Throws: `node.running`, `backup.absent`, `backup.unsigned`, `backup.malformed`, `backup.newer`,
    ///   `backup.damaged`; what reading the keys and the disk throws.
    func restore() async throws -> (manifest: BackupManifest, before: String?) {
        let lock = try DataFolderLock(folder: dataFolder)
        defer { withExtendedLifetime(lock) {} }
        let manifest = try read()
        var problems = manifest.problems(in: backup)
        if problems.isEmpty {
            problems = try await SQLiteStore.problems(
                inCopyAt: backup + "/" + BackupManifest.ledgerName, world: world)
        }
        guard problems.isEmpty else {
            throw Failure(
                "backup.damaged", "the backup is not sound: \(problems[0])", place: backup,
                remedy: "take another one; `yilian backup list` names them")
        }
        return (manifest, try putInPlace(manifest.files.map(\.name)))
    }

    private static let stagedSuffix = ".restored"

    /// Checks that nobody has begun to put a backup in place and not come to the end: of the ledger that lies there a part may
    /// lie elsewhere already, or nothing may lie there at all.
    ///
    /// - Throws: `backup.unfinished`.
    static func checkFinished(in dataFolder: String, disk: any Disk) throws {
        let staged = dataFolder + "/" + NodeFolder.ledgerName + stagedSuffix
        guard disk.exists(staged) else { return }
        throw Failure(
            "backup.unfinished", "a backup was being put in place, and that did not come to its end", place: staged,
            remedy: "put it in place again with `yilian backup restore`")
    }

    /// Copies everything beside what lies there, which may take minutes, and then gives it its names, the ledger last.
    ///
    /// A disk that is full leaves the ledger as it was. Where the process ends meanwhile, no node starts on what is left
    /// (``checkFinished(in:disk:)``), and putting the backup in place again ends it.
    ///
    /// - Returns: where the ledger is that lay there before.
    private func putInPlace(_ names: [String]) throws -> String? {
        func staged(_ name: String) -> String { dataFolder + "/" + name + Self.stagedSuffix }
        do {
            for name in names { try files.copy(backup + "/" + name, to: staged(name), mode: PrivateFile.mode) }
            for name in names where name != BackupManifest.ledgerName {
                try files.move(staged(name), to: dataFolder + "/" + name)
            }
        } catch {
            // The reason matters more than what is left beside.
            for name in names { try? files.remove(staged(name)) }
            throw error
        }
        let before = try moveAway()
        try files.move(staged(BackupManifest.ledgerName), to: dataFolder + "/" + NodeFolder.ledgerName)
        return before
    }

    private func read() throws -> BackupManifest {
        let disk = world.disk
        let path = backup + "/" + BackupManifest.name
        guard disk.exists(path) else {
            throw Failure(
                "backup.absent", "there is no backup in this folder", place: backup,
                remedy: "name the folder that `yilian backup create` made")
        }
        let signature = Hex.bytes(
            try disk.readText(backup + "/" + BackupManifest.signatureName).filter { !$0.isWhitespace })
        let names = try disk.list(dataFolder).filter { $0 == "ledger.key" || $0.hasPrefix("ledger-") }
            .filter { $0.hasSuffix(".key") }
        let keys = try names.map { try KeyFile.signingKey(at: dataFolder + "/" + $0, disk: disk) }
        return try BackupManifest.read(try disk.read(path), signature: signature ?? []) { manifest, _ in
            keys.first { $0.id.hex == manifest.key }?.publicKey
        }
    }

    /// The ledger that lies there, with what the database keeps beside it, under other names.
    private func moveAway() throws -> String? {
        let ledger = dataFolder + "/" + NodeFolder.ledgerName
        let parts = ["", "-wal", "-shm"].filter { world.disk.exists(ledger + $0) }
        guard !parts.isEmpty else { return nil }
        let stamp = String(world.time.wallTime.description.prefix(19).filter { $0 != "-" && $0 != ":" })
        var before = "\(Self.beforePrefix)\(stamp).db"
        if !parts.contains("") {
            // An earlier restore ended between two of them: the rest belongs to what it moved.
            let earlier = try world.disk.list(dataFolder).filter {
                $0.hasPrefix(Self.beforePrefix) && $0.hasSuffix(".db")
            }
            before = earlier.max() ?? before
        }
        for part in parts { try files.move(ledger + part, to: dataFolder + "/" + before + part) }
        return dataFolder + "/" + before
    }

    private static let beforePrefix = "ledger-before-"
}
