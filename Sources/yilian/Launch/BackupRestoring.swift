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

    /// Copies everything beside what lies there, which may take minutes, and then gives it its names, the ledger last: a
    /// disk that is full or a process that ends meanwhile leaves the ledger as it was.
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
        guard world.disk.exists(ledger) else { return nil }
        let stamp = String(world.time.wallTime.description.prefix(19).filter { $0 != "-" && $0 != ":" })
        let before = dataFolder + "/ledger-before-\(stamp).db"
        for end in ["", "-wal", "-shm"] where world.disk.exists(ledger + end) {
            try files.move(ledger + end, to: before + end)
        }
        return before
    }
}
