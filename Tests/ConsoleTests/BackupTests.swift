import Effects
import Ledgers
import NodeRuntime
import SQLiteStorage
import ServiceKit
import Storage
import Testing
import Trust
import YilianTestKit

@testable import Console

@Suite("Backups of a node", .serialized)
struct BackupTests {
    /// A store of backups whose ledger is a database of its own; the region's node signs.
    private struct Setting {
        var setup: ConsoleSetup
        var folder: String
        var store: SQLiteStore
        var backups: BackupStore { setup.backups }
    }

    private static func run(_ body: @Sendable (Setting) async throws -> Void) async throws {
        try await TestRegion.run(.small) { region in
            let folder = "/tmp/yilian-backup-\(SystemRandom().next())"
            let disk = SystemDisk()
            try disk.createDirectory(folder, mode: 0o700)
            defer {
                // A folder that stays behind in /tmp fails no test.
                try? disk.remove(folder)
            }
            let store = try SQLiteStore(path: folder + "/ledger.db", world: .system) { _ in }
            _ = try await store.write { sql in
                try sql.execute("CREATE TABLE thing (id BIGINT NOT NULL PRIMARY KEY, text TEXT NOT NULL)", [])
            }
            var setup = try await OperatedNode.setup(try region.node("pingding"))
            setup.backups = BackupStore(
                folder: folder + "/backups", dataFolder: folder,
                driver: .init(
                    copy: { try await store.copy(to: $0) },
                    problems: { try await SQLiteStore.problems(inCopyAt: $0, world: .system) }))
            try await body(Setting(setup: setup, folder: folder, store: store))
            try await store.close()
        }
    }

    private static func count(_ path: String) async throws -> Int64 {
        let store = try SQLiteStore(path: path, world: .system) { _ in }
        let count = try await store.read { try $0.row("SELECT COUNT(*) FROM thing", [])?.integer(0) ?? 0 }
        try await store.close()
        return count
    }

    @Test("one is made while the node writes, holds one moment, is signed, and is on record")
    func make() async throws {
        try await Self.run { setting in
            try await setting.store.write { sql in
                for number in 0..<500 {
                    try sql.execute("INSERT INTO thing (id, text) VALUES ($1, $2)", [number, "x"])
                }
            }
            async let more: Void = setting.store.write { sql in
                for number in 500..<1_000 {
                    try sql.execute("INSERT INTO thing (id, text) VALUES ($1, $2)", [number, "x"])
                }
            }
            let info = try await setting.backups.make(by: "wu", setting.setup)
            try await more
            #expect(info.check?.isSound == true && info.files == ["ledger.db"] && info.sizeBytes > 0)
            let copied = try await Self.count(info.path + "/ledger.db")
            #expect([500, 1_000].contains(copied), "a transaction is there whole or not at all")
            #expect(try setting.backups.list(setting.setup).map(\.name) == [info.name])
            let mode = try SystemDisk().mode(info.path + "/ledger.db")
            #expect(mode == 0o600)
            let acts = try await setting.setup.node.context.ledger.read { try OperatorAct.newest(limit: 5, in: $0) }
            #expect(acts.first?.act.action == .backupMade && acts.first?.act.item == info.name)
        }
    }

    @Test("whatever is changed in one is found, and a list that somebody else wrote is not believed")
    func damage() async throws {
        try await Self.run { setting in
            let (backups, setup) = (setting.backups, setting.setup)
            let info = try await backups.make(by: "wu", setup)
            let disk = SystemDisk()
            let ledger = info.path + "/ledger.db"
            let whole = try disk.read(ledger, limitBytes: .max)
            var other = whole
            other[other.count / 2] ^= 1
            for bytes in [other, Array(whole.dropLast()), []] {
                try disk.write(bytes, to: ledger, mode: 0o600)
                let check = try #require(try await backups.verify(info.name, setup).check)
                #expect(!check.isSound && check.problems.count == 1)
                #expect(try backups.list(setup).first?.check?.isSound == false)
            }
            try disk.remove(ledger)
            #expect(try await backups.verify(info.name, setup).check?.isSound == false)
            try disk.write(whole, to: ledger, mode: 0o600)
            #expect(try await backups.verify(info.name, setup).check?.isSound == true)

            let manifest = info.path + "/" + BackupManifest.name
            let text = try disk.readText(manifest)
            try disk.write(text.replacing("ledger.db", with: "../../x"), to: manifest)
            let failure = await #expect(throws: Failure.self) { try await backups.verify(info.name, setup) }
            #expect(failure?.code == "backup.unsigned")
            #expect(try backups.list(setup).first?.madeAt == nil, "it is shown as one that cannot be read")
            for name in ["nothing", "../backups", "", "pingding-20261201T093005Z/.."] {
                let failure = await #expect(throws: Failure.self) { try await backups.verify(name, setup) }
                #expect(failure?.code == "backup.absent", "\(name)")
            }
        }
    }

    @Test("one that fails leaves nothing behind, and an unfinished one is no backup")
    func failing() async throws {
        try await Self.run { setting in
            var setup = setting.setup
            let disk = SystemDisk()
            let folder = setting.folder + "/backups"
            setup.backups = BackupStore(
                folder: folder, dataFolder: setting.folder,
                driver: .init(
                    copy: { path in
                        try disk.write("half", to: path)
                        throw Failure("storage.copy", "the database cannot be copied: x")
                    }, problems: { _ in [] }))
            let failing = setup
            await #expect(throws: Failure.self) { try await failing.backups.make(by: "wu", failing) }
            #expect(try disk.list(folder) == [])
            try disk.createDirectory(folder + "/pingding-20260101T000000Z", mode: 0o700)
            try disk.write("half", to: folder + "/pingding-20260101T000000Z/ledger.db")
            try disk.createDirectory(folder + "/somebody-elses", mode: 0o700)
            #expect(try setting.backups.list(setting.setup) == [])
            let info = try await setting.backups.make(by: "wu", setting.setup)
            #expect(try disk.list(folder) == [info.name, "somebody-elses"].sorted())
        }
    }

    @Test("seven are kept, the newest")
    func keeping() async throws {
        try await Self.run { setting in
            let disk = SystemDisk()
            let first = try await setting.backups.make(by: "wu", setting.setup)
            for number in 1...9 {
                // Older ones, as far as their names and signed lists say.
                let old = setting.folder + "/backups/pingding-2020010\(number)T000000Z"
                try disk.createDirectory(old, mode: 0o700)
                for name in try disk.list(first.path) {
                    try disk.write(
                        try disk.read(first.path + "/" + name, limitBytes: .max), to: old + "/" + name, mode: 0o600)
                }
            }
            try disk.remove(first.path)
            let newest = try await setting.backups.make(by: "wu", setting.setup)
            let names = try setting.backups.list(setting.setup).map(\.name)
            #expect(names.count == Limits.backupsKept && names.first == newest.name)
            #expect(names.last == "pingding-20200104T000000Z")
        }
    }
}
