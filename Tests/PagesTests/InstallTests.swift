import Effects
import Foundation
import Testing
import YilianTestKit

@Suite("Installing the program")
struct InstallTests {
    private let folder =
        "/tmp/yilian-install-"
        + SystemRandom().identifier(at: SystemTime().wallTime).suffix(8).lowercased()

    private func install(_ arguments: String...) async throws -> BuiltProgram.Outcome {
        let script = BuiltProgram.checkout + "/Scripts/install"
        return try await BuiltProgram.run(
            ["-c", "YILIAN_PROGRAM=\"$0\" exec \"$@\"", try BuiltProgram.path(), script] + arguments, in: "/tmp",
            program: "/bin/bash")
    }

    @Test("the program, its manual page, completions, unit and examples lie below the prefix, and go again")
    func installed() async throws {
        let disk = SystemDisk()
        defer { try? disk.remove(folder) }
        let outcome = try await install("--prefix", folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let version = try await BuiltProgram.run(["--version"], program: folder + "/bin/yilian")
        #expect(version.status == 0 && version.output.hasPrefix("yilian "))
        for name in [
            "share/man/man1/yilian.1.gz", "share/bash-completion/completions/yilian",
            "share/zsh/site-functions/_yilian",
            "share/fish/vendor_completions.d/yilian.fish", "lib/sysusers.d/yilian.conf",
            "share/yilian/Nodes/demo/region.yaml", "share/yilian/README.md", "share/yilian/docs/first-region.zh-CN.md",
            "share/yilian/docs/examples/order.py", "share/yilian/Compose/README.md",
            "share/yilian/Nodes/demo/messages/hl7v2/jucheng-03-chest-dr.hl7",
            "share/yilian/Certs/profiles/node.cnf", "share/doc/yilian/README.zh-CN.md",
        ] {
            #expect(disk.exists(folder + "/" + name), "\(name)")
        }
        let unit = try disk.readText(folder + "/lib/systemd/system/yilian@.service")
        #expect(unit.contains("ExecStart=\(folder)/bin/yilian node start") && !unit.contains("/usr/local/bin"))
        let completion = try disk.readText(folder + "/share/bash-completion/completions/yilian")
        #expect(completion.contains("ledger"))
        // What the demo's region names lies beside it.
        for region in ["demo", "yangquan"] {
            let check = try await BuiltProgram.run(
                ["region", "check", folder + "/share/yilian/Nodes/\(region)/region.yaml"],
                program: folder + "/bin/yilian")
            #expect(check.status == 0, "\(check.errors)")
        }
        // An installed program finds the demo's region where it was installed.
        try disk.createDirectory(folder + "/used/authority", mode: 0o700)
        let demo = try await BuiltProgram.run(
            ["demo", "--keep", folder + "/used"], in: "/tmp", program: folder + "/bin/yilian")
        #expect(demo.errors.contains("[demo.folderInUse]"), "\(demo.errors)")

        let removed = try await install("--prefix", folder, "--remove")
        #expect(removed.status == 0, "\(removed.errors)")
        let left = try await BuiltProgram.run([folder, "-type", "f"], program: "/usr/bin/find")
        #expect(left.output == "")
        #expect(try await install("--prefix", folder, "--remove").status == 1)
    }

    @Test("a root for packages stands before the prefix, which the unit names alone")
    func destination() async throws {
        let disk = SystemDisk()
        defer { try? disk.remove(folder) }
        #expect(try await install("--destdir", folder, "--prefix", "/usr").status == 0)
        let unit = try disk.readText(folder + "/usr/lib/systemd/system/yilian@.service")
        #expect(unit.contains("ExecStart=/usr/bin/yilian node start"))
        #expect(try await install("--prefix").status == 2)
        #expect(try await install("--into", folder).status == 2)
    }
}
