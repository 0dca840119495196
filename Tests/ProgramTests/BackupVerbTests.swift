import Console
import Effects
import Foundation
import ServiceKit
import Testing
import YilianTestKit

@Suite struct BackupVerbTests {
    private static let message = BuiltProgram.checkout + "/Nodes/demo/messages/hl7v2/jucheng-0"

    private func batches(_ region: TrialRegion) async throws -> Int {
        let outcome = try await region.yilian("ledger", "verify", "--data", region.data("shi"), "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let check = try OperatorJSON.value(LedgerCheckInfo.self, from: Array(outcome.output.utf8), place: nil)
        #expect(check.isSound)
        return check.chains.reduce(0) { $0 + $1.batches }
    }

    /// A file of the backup cannot be given its name.
    private func refuseInTheMiddle(_ backup: BackupInfo, _ data: String, _ region: TrialRegion) async throws {
        let (disk, name) = (SystemDisk(), "/region.accepted")
        try #require(disk.exists(backup.path + name))
        let accepted = try disk.read(data + name)
        try disk.remove(data + name)
        try disk.createDirectory(data + name, mode: 0o700)
        try disk.write([1], to: data + name + "/x", mode: 0o600)
        let refused = try await region.yilian("backup", "restore", backup.path, "--data", data)
        #expect(refused.status == 1 && refused.errors.contains("[disk.unwritable]"), "\(refused.errors)")
        try disk.remove(data + name)
        try disk.write(accepted, to: data + name, mode: 0o600)
    }

    @Test func aBackupOfARunningNodeIsPutBackWhenItIsSoundAndItsOwnAndTheLedgerThatLayThereIsKept() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let (data, disk) = (region.data("shi"), SystemDisk())
        let (backup, _) = try await region.running("shi") { _ in
            let first = try await region.yilian("import", Self.message + "1-blood-count.hl7", "--data", data)
            #expect(first.status == 0, "\(first.errors)")
            let made = try await region.yilian("backup", "create", "--data", data, "--json")
            try #require(made.status == 0, "\(made.errors)")
            let info = try OperatorJSON.value(BackupInfo.self, from: Array(made.output.utf8), place: nil)
            #expect(info.check?.isSound == true && info.path.hasPrefix(data + "/backups/shi-"))
            let listed = try await region.yilian("backup", "list", "--data", data)
            #expect(listed.status == 0 && listed.output.contains(info.name) && listed.output.contains("sound"))
            #expect(try await region.yilian("backup", "verify", info.name, "--data", data).status == 0)
            let acts = try await region.yilian("audit", "acts", "--data", data)
            #expect(acts.status == 0 && acts.output.contains("backupMade") && acts.output.contains(info.name))
            // More comes after it, which the backup does not have.
            let second = try await region.yilian("import", Self.message + "2-liver-and-renal.hl7", "--data", data)
            #expect(second.status == 0, "\(second.errors)")
            let running = try await region.yilian("backup", "restore", info.path, "--data", data)
            #expect(running.status == 1 && running.errors.contains("[node.running]"))
            return info
        }
        let before = try await batches(region)
        let names = try disk.list(data)

        let ledger = backup.path + "/ledger.db"
        let whole = try disk.read(ledger, limitBytes: .max)
        try disk.write(Array(whole.dropLast(4_096)), to: ledger, mode: 0o600)
        let damaged = try await region.yilian("backup", "restore", backup.path, "--data", data)
        #expect(damaged.status == 1 && damaged.errors.contains("[backup.damaged]"), "\(damaged.errors)")
        try disk.write(whole, to: ledger, mode: 0o600)
        let foreign = try await region.yilian("backup", "restore", backup.path, "--data", region.data("diaodu"))
        #expect(foreign.status == 1 && foreign.errors.contains("[backup.unsigned]"), "\(foreign.errors)")
        let nothing = try await region.yilian("backup", "restore", data, "--data", data)
        #expect(nothing.status == 1 && nothing.errors.contains("[backup.absent]"))
        #expect(try disk.list(data) == names, "whatever was refused changed nothing")
        try await refuseInTheMiddle(backup, data, region)
        #expect(try disk.list(data) == names, "what could not be finished changed nothing")
        #expect(try await batches(region) == before)

        // A process that ended after it had moved the ledger away, and before the rest of it and the backup were in place.
        let (kept, path) = ("/ledger-before-20260101T000000.db", data + "/ledger.db")
        try disk.copy(backup.path + "/ledger.db", to: path + ".restored", mode: 0o600)
        try disk.move(path, to: data + kept)
        if !disk.exists(path + "-wal") { try disk.write([1], to: path + "-wal", mode: 0o600) }
        let unfinished = try await region.yilian("node", "start", "--config", region.folder + "/shi.yaml")
        #expect(unfinished.status == 1 && unfinished.errors.contains("[backup.unfinished]"), "\(unfinished.errors)")
        #expect(!disk.exists(path), "no node begins anew on what is left")

        let restored = try await region.yilian("backup", "restore", backup.path, "--data", data)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(disk.exists(data + kept + "-wal") && !disk.exists(path + "-wal") && !disk.exists(path + ".restored"))
        #expect(try await batches(region) < before)
        #expect(try disk.list(data).contains { $0.hasPrefix("ledger-before-") && $0.hasSuffix(".db") })
        let (_, _) = try await region.running("shi") { _ in
            let third = try await region.yilian("import", Self.message + "3-chest-dr.hl7", "--data", data)
            #expect(third.status == 0, "\(third.errors)")
        }
    }
}
