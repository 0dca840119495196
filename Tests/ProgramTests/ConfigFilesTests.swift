import Effects
import Foundation
import Testing
import YilianTestKit

@Suite struct ConfigFilesTests {
    private static let token = String(repeating: "0123456789abcdef", count: 2)

    private func region() async throws -> TrialRegion {
        let region = try TrialRegion()
        try await region.issueAndPublish()
        let disk = SystemDisk()
        let yaml = region.folder + "/shi.yaml"
        let https = "https: {listen: \"127.0.0.1:0\", systems: [{name: his, unit: shi-yy, tokenFile: his}]}"
        try disk.write(
            try disk.readText(yaml).replacing("https: {listen: \"127.0.0.1:0\"}", with: https), to: yaml)
        try disk.write(Self.token + "\n", to: region.data("shi") + "/his", mode: 0o600)
        return region
    }

    /// What `config check --files` says after something was done to the data folder.
    private func check(
        _ region: TrialRegion, after change: (SystemDisk, String) throws -> Void
    ) async throws -> BuiltProgram.Outcome {
        try change(SystemDisk(), region.data("shi"))
        return try await region.yilian("config", "check", "shi.yaml", "--files")
    }

    @Test func aNodeThatWillStartIsInOrder() async throws {
        let region = try await region()
        defer { region.remove() }
        let outcome = try await check(region) { _, _ in }
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("node 'shi' and its files: in order"))
        let names = try SystemDisk().list(region.data("shi"))
        #expect(!names.contains("operator.token") && !names.contains("ledger.db"), "nothing was changed")
    }

    @Test(arguments: [
        ("ledger.key", UInt32(0o644), "[key.exposed]"), ("tls.key", 0o640, "[key.exposed]"),
        ("box.key", 0o604, "[key.exposed]"), ("his", 0o644, "[edge.openToken]"),
    ]) func whatOthersMayReadIsNamed(_ name: String, _ mode: UInt32, _ code: String) async throws {
        let region = try await region()
        defer { region.remove() }
        let outcome = try await check(region) { disk, folder in try disk.setMode(mode, of: folder + "/" + name) }
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(code) && outcome.errors.contains("/\(name)"), "\(outcome.errors)")
    }

    @Test(arguments: [
        ("ledger.key", "[node.otherKey]"), ("box.key", "[node.otherBoxKey]"), ("tls.crt", "[node.otherCertificate]"),
        ("tls.key", "[node.otherTLSKey]"),
    ]) func whatBelongsToAnotherNodeIsNamed(_ name: String, _ code: String) async throws {
        let region = try await region()
        defer { region.remove() }
        let outcome = try await check(region) { disk, folder in
            try disk.write(try disk.read(region.data("diaodu") + "/" + name), to: folder + "/" + name, mode: 0o600)
        }
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(code), "\(outcome.errors)")
        #expect(outcome.errors.contains("/data/shi/\(name): "), "where: \(outcome.errors)")
    }

    @Test(arguments: [UInt32(0o777), 0o770, 0o722]) func aFolderInWhichOthersWriteIsNamed(_ mode: UInt32) async throws {
        let region = try await region()
        defer { region.remove() }
        let outcome = try await check(region) { disk, folder in try disk.setMode(mode, of: folder) }
        #expect(outcome.status == 1 && outcome.errors.contains("[node.openFolder]"), "\(outcome.errors)")
        let started = try await region.yilian("node", "start", "--config", "shi.yaml")
        #expect(started.status == 1 && started.errors.contains("chmod 700 \(region.data("shi"))"), "\(started.errors)")
    }

    @Test(arguments: ["tls.crt", "ca.crt", "tls.key", "region.configuration", "region.pub", "ledger.key", "box.key"])
    func aDamagedFileIsNamed(_ name: String) async throws {
        let region = try await region()
        defer { region.remove() }
        let outcome = try await check(region) { disk, folder in
            try disk.write("nothing\n", to: folder + "/" + name, mode: 0o600)
        }
        #expect(outcome.status == 1 && outcome.errors.contains("/data/shi/\(name)"), "where: \(outcome.errors)")
        let started = try await region.yilian("node", "start", "--config", "shi.yaml")
        #expect(started.status == 1 && started.errors.contains("/data/shi/\(name)"), "where: \(started.errors)")
    }

    @Test func everythingIsSaidAtOnce() async throws {
        let region = try await region()
        defer { region.remove() }
        let outcome = try await check(region) { disk, folder in
            try disk.remove(folder + "/ledger.key")
            try disk.remove(folder + "/his")
            try disk.setMode(0o644, of: folder + "/tls.key")
            try disk.write("short\n", to: folder + "/operator.token", mode: 0o600)
            let yaml = region.folder + "/shi.yaml"
            try disk.write(try disk.readText(yaml).replacing("unit: shi-yy", with: "unit: shi-yyy"), to: yaml)
        }
        #expect(outcome.status == 1)
        for words in [
            "/ledger.key", "/his", "[key.exposed]", "[console.weakToken]", "[config.notInRegion]",
            "did you mean 'shi-yy'?",
        ] {
            #expect(outcome.errors.contains(words), "\(words): \(outcome.errors)")
        }
    }

    @Test func aRegionThatIsMissingOrForgedIsNamed() async throws {
        let region = try await region()
        defer { region.remove() }
        let forged = try await check(region) { disk, folder in
            var bytes = try disk.read(folder + "/region.configuration")
            bytes[bytes.count - 1] ^= 1
            try disk.write(bytes, to: folder + "/region.configuration", mode: 0o644)
        }
        #expect(forged.status == 1 && forged.errors.contains("[region.badSignature]"), "\(forged.errors)")
        let missing = try await check(region) { disk, folder in try disk.remove(folder + "/region.configuration") }
        #expect(missing.status == 1 && missing.errors.contains("[region.missing]"), "\(missing.errors)")
    }

    @Test func twoSystemsWithOneTokenAreNamed() async throws {
        let region = try await region()
        defer { region.remove() }
        let outcome = try await check(region) { disk, folder in
            try disk.write(Self.token + "\n", to: folder + "/lis", mode: 0o600)
            let yaml = region.folder + "/shi.yaml"
            let second = "tokenFile: his}, {name: lis, unit: shi-yy, tokenFile: lis}"
            try disk.write(try disk.readText(yaml).replacing("tokenFile: his}", with: second), to: yaml)
        }
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("systems 'his' and 'lis' have the same token"), "\(outcome.errors)")
    }
}
