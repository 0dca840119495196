package import Effects
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
import Synchronization
import Trust

/// The backups of one node: made, listed and verified, each a folder with a signed list of what it holds.
///
/// A folder without its list is one that was never finished: it is no backup, and the next one that is made removes it.
package final class BackupStore: Sendable {
    /// What only the store's driver can do.
    package struct Driver: Sendable {
        /// Writes a copy of the ledger, all of one moment, into a new file.
        package var copy: @Sendable (_ path: String) async throws -> Void
        /// What is wrong with such a copy; empty where it is sound.
        package var problems: @Sendable (_ path: String) async throws -> [String]

        package init(
            copy: @escaping @Sendable (_ path: String) async throws -> Void,
            problems: @escaping @Sendable (_ path: String) async throws -> [String]
        ) {
            self.copy = copy
            self.problems = problems
        }
    }

    /// Where the backups lie.
    package let folder: String
    private let dataFolder: String
    private let driver: Driver
    private let isBusy = Mutex(false)

    private static let verifiedName = "verified.json"

    package init(folder: String, dataFolder: String, driver: Driver) {
        self.folder = folder
        self.dataFolder = dataFolder
        self.driver = driver
    }

    // MARK: What there is

    /// The newest first.
    func list(_ setup: ConsoleSetup) throws -> [BackupInfo] {
        try names(setup).reversed().compactMap { name in
            guard let manifest = try? manifest(name, setup) else {
                return BackupInfo(unreadable: name, path: path(name))
            }
            return BackupInfo(name, path: path(name), manifest, checked: checked(name, setup))
        }
    }

    private func path(_ name: String) -> String { folder + "/" + name }

    /// Folders that are backups of this node, the oldest first.
    private func names(_ setup: ConsoleSetup) throws -> [String] {
        let disk = setup.world.disk
        guard disk.exists(folder) else { return [] }
        return try disk.list(folder).filter { isOurs($0, setup) && disk.exists(path($0) + "/" + BackupManifest.name) }
    }

    /// Whether a name is one that this node gives.
    private func isOurs(_ name: String, _ setup: ConsoleSetup) -> Bool {
        let prefix = setup.node.context.node.rawValue + "-"
        guard name.hasPrefix(prefix) else { return false }
        let stamp = name.dropFirst(prefix.count)
        return stamp.count == 16 && stamp.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "T" || $0 == "Z") }
    }

    private func manifest(_ name: String, _ setup: ConsoleSetup) throws -> BackupManifest {
        let disk = setup.world.disk
        let signature = Hex.bytes(
            try disk.readText(path(name) + "/" + BackupManifest.signatureName).filter { !$0.isWhitespace })
        let region = setup.node.setup.region
        let manifest = try BackupManifest.read(
            try disk.read(path(name) + "/" + BackupManifest.name), signature: signature ?? []
        ) { manifest, madeAt in
            guard let node = try? NodeID(manifest.node), let id = KeyID(hex: manifest.key) else { return nil }
            return region.ledgerKey(of: node, id: id, at: madeAt)
        }
        guard manifest.node == setup.node.context.node.rawValue else {
            throw Failure(
                "backup.otherNode", "the backup is of node '\(manifest.node)'", place: name,
                remedy: "take a backup of this node")
        }
        return manifest
    }

    private func checked(_ name: String, _ setup: ConsoleSetup) -> BackupInfo.Check? {
        guard let bytes = try? setup.world.disk.read(path(name) + "/" + Self.verifiedName) else { return nil }
        return try? OperatorJSON.value(BackupInfo.Check.self, from: bytes, place: nil)
    }

    // MARK: Verifying

    /// Reads a backup again from its disk: signature, sizes, digests, and the database's own check.
    ///
    /// - Throws: `backup.absent`, `backup.running`.
    func verify(_ name: String, _ setup: ConsoleSetup) async throws -> BackupInfo {
        guard try names(setup).contains(name) else {
            throw Failure(
                "backup.absent", "there is no such backup of this node", place: name,
                remedy: "`yilian backup list` names them")
        }
        return try await alone { try await self.look(name, setup) }
    }

    private func look(_ name: String, _ setup: ConsoleSetup) async throws -> BackupInfo {
        let manifest = try manifest(name, setup)
        let folder = path(name)
        var problems = try await setup.world.makeWorker("backups").run { manifest.problems(in: folder) }
        if problems.isEmpty { problems = try await driver.problems(folder + "/" + BackupManifest.ledgerName) }
        let check = BackupInfo.Check(
            at: setup.now.description, isSound: problems.isEmpty, problems: Array(problems.prefix(20)))
        try setup.world.disk.write(
            try OperatorJSON.bytes(check), to: folder + "/" + Self.verifiedName, mode: PrivateFile.mode)
        return BackupInfo(name, path: folder, manifest, checked: check)
    }

    private func alone(_ body: () async throws -> BackupInfo) async throws -> BackupInfo {
        let isFree = isBusy.withLock { busy in
            defer { busy = true }
            return !busy
        }
        guard isFree else {
            throw Failure("backup.running", "a backup is being made or verified", remedy: "wait until it is done")
        }
        defer { isBusy.withLock { $0 = false } }
        return try await body()
    }

    // MARK: Making one

    /// Makes a backup while the node works, verifies it, and lets go of the oldest where there are too many.
    ///
    /// - Throws: `backup.running`, `backup.noRoom`, `backup.exists`; what the disk throws.
    func make(by actor: String, _ setup: ConsoleSetup) async throws -> BackupInfo {
        try await alone {
            try removeUnfinished(setup)
            try checkRoom()
            let now = setup.now
            let name = setup.node.context.node.rawValue + "-" + Self.stamp(now)
            guard !setup.world.disk.exists(path(name)) else {
                throw Failure("backup.exists", "a backup of this second is there", remedy: "try again in a few seconds")
            }
            try setup.world.disk.createDirectory(path(name), mode: 0o700)
            do {
                try await fill(path(name), at: now, setup)
            } catch {
                // What is left without a list is no backup; the reason matters more than its remains.
                try? setup.world.disk.remove(path(name))
                throw error
            }
            let info = try await look(name, setup)
            try await setup.node.context.ledger.write(lane: .clinical) { transaction in
                try OperatorAct(.backupMade, name, by: actor, at: transaction.now).write(in: transaction.sql)
            }
            if info.check?.isSound == true { try removeOldest(setup) }
            return info
        }
    }

    private func fill(_ folder: String, at now: WallTime, _ setup: ConsoleSetup) async throws {
        let disk = setup.world.disk
        let ledger = folder + "/" + BackupManifest.ledgerName
        try await driver.copy(ledger)
        try disk.setMode(PrivateFile.mode, of: ledger)
        var names = [BackupManifest.ledgerName]
        for name in BackupManifest.otherNames where disk.exists(dataFolder + "/" + name) {
            try disk.write(try disk.read(dataFolder + "/" + name), to: folder + "/" + name, mode: PrivateFile.mode)
            names.append(name)
        }
        let key = setup.node.context.signingKey
        let files = try await setup.world.makeWorker("backups").run { [names] in
            try names.map { name in
                let pieces = FilePieces(path: folder + "/" + name)
                let digest = key.suite.digest(parts: pieces).hex
                if let failure = pieces.failure { throw failure }
                return BackupManifest.File(name: name, sizeBytes: pieces.count, digest: digest)
            }
        }
        let manifest = BackupManifest(
            format: BackupManifest.newestFormat, region: setup.region.region.rawValue,
            node: setup.node.context.node.rawValue, release: setup.node.setup.release, madeAt: now.description,
            suite: key.suite.description, key: key.id.hex, files: files)
        let bytes = try OperatorJSON.bytes(manifest)
        try disk.write(
            Hex.text(try manifest.signature(of: bytes, by: key)) + "\n",
            to: folder + "/" + BackupManifest.signatureName, mode: PrivateFile.mode)
        // The list comes last: with it the folder becomes a backup.
        try disk.write(bytes, to: folder + "/" + BackupManifest.name, mode: PrivateFile.mode)
    }

    /// `20261201T093005Z`.
    private static func stamp(_ time: WallTime) -> String {
        String(time.description.prefix(19).filter { $0 != "-" && $0 != ":" }) + "Z"
    }

    private func checkRoom() throws {
        let parts = ["", "-wal"].compactMap { SystemDisk.sizeBytes(of: dataFolder + "/ledger.db" + $0) }
        let needed = parts.reduce(0, +)
        let parent = folder.split(separator: "/").dropLast().joined(separator: "/")
        guard let free = SystemDisk.freeBytes(at: folder) ?? SystemDisk.freeBytes(at: "/" + parent) else { return }
        guard free - needed >= Limits.backupSpareBytes else {
            throw Failure(
                "backup.noRoom",
                "the ledger takes \(needed >> 20) MiB, and \(free >> 20) MiB are free where backups lie", place: folder,
                remedy: "make room there, or name another folder under 'backups' in the node's file")
        }
    }

    private func removeUnfinished(_ setup: ConsoleSetup) throws {
        let disk = setup.world.disk
        guard disk.exists(folder) else { return }
        for name in try disk.list(folder)
        where isOurs(name, setup) && !disk.exists(path(name) + "/" + BackupManifest.name) {
            try disk.remove(path(name))
        }
    }

    private func removeOldest(_ setup: ConsoleSetup) throws {
        for name in try names(setup).dropLast(Limits.backupsKept) {
            try setup.world.disk.remove(path(name))
            setup.node.setup.logger.notice("an old backup was removed", metadata: ["backup": "\(name)"])
        }
    }
}

extension Limits {
    /// How many backups of a node are kept; the oldest goes when another one is made and found sound.
    package static let backupsKept = 7
    /// What is to be left on a disk where a backup is made.
    static let backupSpareBytes: Int64 = 256 << 20
}
