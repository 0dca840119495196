import Effects
import Foundation
import Testing
import YilianTestKit

/// `config check --files` looks into `ledger.db`, and leaves everything as it was.
@Suite struct ConfigLedgerTests {
    private static let name = "ledger.db"

    /// A city that has run once.
    private func region() async throws -> TrialRegion {
        let region = try TrialRegion()
        try await region.issueAndPublish()
        _ = try await region.running("shi") { _ in }
        return region
    }

    private func check(_ region: TrialRegion) async throws -> BuiltProgram.Outcome {
        try await region.yilian("config", "check", "shi.yaml", "--files")
    }

    /// The files of a data folder and what is in them.
    private func contents(_ region: TrialRegion) throws -> [String: [UInt8]] {
        let (disk, folder) = (SystemDisk(), region.data("shi"))
        return try Dictionary(
            uniqueKeysWithValues: disk.list(folder).filter { disk.isFile(folder + "/" + $0) }.map {
                ($0, try disk.read(folder + "/" + $0, limitBytes: 1 << 28))
            })
    }

    /// What a write-ahead log holds counts before what the database does.
    private func forgetLog(_ region: TrialRegion) throws {
        let (disk, path) = (SystemDisk(), region.data("shi") + "/" + Self.name)
        for name in [path + "-wal", path + "-shm"] where disk.exists(name) { try disk.remove(name) }
    }

    @Test func atRestItIsReadAndNothingIsMadeOrChanged() async throws {
        let region = try await region()
        defer { region.remove() }
        let before = try contents(region)
        let outcome = try await check(region)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("ledger of testland/shi, its schema is this program's"), "\(outcome.output)")
        #expect(try contents(region) == before)
    }

    @Test func whileTheNodeRunsItIsReadAndTheNodeGoesOn() async throws {
        let region = try await region()
        defer { region.remove() }
        let (_, ended) = try await region.running("shi") { addresses in
            let outcome = try await check(region)
            #expect(outcome.status == 0 && outcome.output.contains("ledger of testland/shi"), "\(outcome.errors)")
            #expect(kill(addresses.processID, SIGHUP) == 0)
            let imported = try await region.yilian(
                "import", BuiltProgram.checkout + "/Nodes/demo/messages/hl7v2", "--data", region.data("shi"))
            #expect(imported.status == 0, "\(imported.errors)")
        }
        #expect(ended.status == 0)
        let verified = try await region.yilian("ledger", "verify", "--data", region.data("shi"))
        #expect(verified.status == 0, "\(verified.errors)")
    }

    @Test func whatAKilledNodeLeftIsReadAndStaysForTheNextStart() async throws {
        let region = try await region()
        defer { region.remove() }
        let started = try BuiltProgram.start(["node", "start", "--config", "shi.yaml"], in: region.folder)
        let addresses = try await region.addresses(of: "shi", process: started.process)
        #expect(kill(addresses.processID, SIGKILL) == 0)
        _ = try await BuiltProgram.terminate(started.process, errors: started.errors)
        var before = try contents(region)
        #expect(before[Self.name + "-wal"]?.isEmpty == false && before[Self.name + "-shm"] != nil)
        var outcome = try await check(region)
        #expect(outcome.status == 0 && outcome.output.contains("ledger of testland/shi"), "\(outcome.errors)")
        #expect(try contents(region) == before)
        // A copy can have lost the index of the write-ahead log.
        try SystemDisk().remove(region.data("shi") + "/" + Self.name + "-shm")
        before = try contents(region)
        outcome = try await check(region)
        #expect(outcome.status == 0 && outcome.output.contains("is read at the start"), "\(outcome.errors)")
        #expect(try contents(region) == before)
    }

    @Test func anotherNodesLedgerIsNamedAsThat() async throws {
        let region = try await region()
        defer { region.remove() }
        let disk = SystemDisk()
        _ = try await region.running("diaodu") { _ in }
        try forgetLog(region)
        for name in try disk.list(region.data("diaodu")).filter({ $0.hasPrefix(Self.name) }) {
            let foreign = try disk.read(region.data("diaodu") + "/" + name, limitBytes: 1 << 28)
            try disk.write(foreign, to: region.data("shi") + "/" + name, mode: 0o600)
        }
        let outcome = try await check(region)
        #expect(outcome.status == 1 && outcome.errors.contains("[ledger.otherOwner]"), "\(outcome.errors)")
        #expect(outcome.errors.contains("this ledger is of testland/diaodu, this node is testland/shi"))
    }

    @Test func aNewerProgramsLedgerIsNamedAsThat() async throws {
        let region = try await region()
        defer { region.remove() }
        let statement = "INSERT INTO schema_migration (module, number) VALUES ('ledger', 9999)"
        let changed = try await BuiltProgram.run(
            [
                "-c",
                "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit(); c.close()",
                region.data("shi") + "/" + Self.name, statement,
            ], program: "/usr/bin/python3")
        try #require(changed.status == 0, "\(changed.errors)")
        let outcome = try await check(region)
        #expect(outcome.status == 1 && outcome.errors.contains("[storage.newerSchema]"), "\(outcome.errors)")
        #expect(outcome.errors.contains("step 9999 of ledger") && outcome.errors.contains("start the newer program"))
    }

    @Test(arguments: [(UInt32(0o644), "[node.openLedger]"), (0o660, "[node.openLedger]")])
    func whatOthersMayReadStopsTheCheckAndTheStart(_ mode: UInt32, _ code: String) async throws {
        let region = try await region()
        defer { region.remove() }
        try SystemDisk().setMode(mode, of: region.data("shi") + "/" + Self.name)
        for outcome in [try await check(region), try await region.yilian("node", "start", "--config", "shi.yaml")] {
            #expect(outcome.status == 1 && outcome.errors.contains(code), "\(outcome.errors)")
            #expect(outcome.errors.contains("chmod 600"))
        }
    }

    @Test func whatIsNoDatabaseIsNamedAsThat() async throws {
        let region = try await region()
        defer { region.remove() }
        let path = region.data("shi") + "/" + Self.name
        try forgetLog(region)
        let noise = String(repeating: "nothing that a database begins with\n", count: 40)
        try SystemDisk().write(noise, to: path, mode: 0o600)
        let outcome = try await check(region)
        #expect(outcome.status == 1 && outcome.errors.contains("[storage.unopenable]"), "\(outcome.errors)")
        #expect(outcome.errors.contains("file is not a database") && outcome.errors.contains("data/shi/ledger.db"))
    }
}
