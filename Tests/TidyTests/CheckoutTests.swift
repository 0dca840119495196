import Testing

@Suite("What is in the checkout")
struct CheckoutTests {
    @Test("every protocol file has its generated code, and no generated file is an orphan")
    func generated() {
        let protocols = Repository.paths(below: ["Sources"], suffixes: [".proto"])
        let expected = protocols.map { path -> String in
            let parts = path.split(separator: "/")
            let name = parts.last.map { $0.dropLast(".proto".count) } ?? ""
            return parts.dropLast().joined(separator: "/") + "/Generated/\(name).pb.swift"
        }
        let found = Repository.paths(below: ["Sources"], suffixes: [".swift"]).filter { $0.contains("/Generated/") }
        #expect(Set(found) == Set(expected))
        #expect(!found.isEmpty)
    }

    @Test("git has no key, no certificate and no resolved versions, and no file holds a private key")
    func secrets() async throws {
        guard let paths = try await Repository.versionedPaths() else {
            print("This is no git checkout: whether git has a key cannot be seen here.")
            return
        }
        #expect(paths.filter(SecretFiles.isForbidden) == [])
        let holders = paths.filter { path in Repository.text(path).map(SecretFiles.holdsPrivateKey) ?? false }
        #expect(holders == [])
        #expect(paths.contains("Package.swift"))
    }

    @Test("a key is known by its name and by what it holds")
    func plantedSecrets() {
        let forbidden = ["a/ca.key", "b.pem", "c.p12", "Package.resolved", "d/node.crt", "e.db", "Certs/f.der"]
        #expect(forbidden.filter(SecretFiles.isForbidden) == forbidden)
        #expect(!SecretFiles.isForbidden("Sources/Trust/Keys/KeyID.swift"))
        #expect(SecretFiles.holdsPrivateKey("x\n-----BEGIN EC PRIV" + "ATE KEY-----\n"))
        #expect(!SecretFiles.holdsPrivateKey("-----BEGIN CERTIFICATE-----"))
    }

    @Test("every package is named with the versions of one minor release and has its line in the README's table")
    func dependencies() throws {
        let manifest = try Manifest(#require(Repository.swiftFiles.first { $0.path == "Package.swift" }))
        #expect(manifest.packages.count > 5)
        // `.upToNextMinor(from: …)`: whoever tests with YilianTestKit has packages of their own to fit in.
        #expect(manifest.packages.filter { $0.requirement != "from" }.map(\.url) == [])
        guard let readme = Repository.text("README.md") else { return }
        #expect(manifest.packages.map { Self.name($0.url) }.filter { !Self.hasRow($0, in: readme) } == [])
    }

    private static func name(_ url: String) -> String {
        url.split(separator: "/").last.map { $0.hasSuffix(".git") ? String($0.dropLast(4)) : String($0) } ?? url
    }

    private static func hasRow(_ name: String, in readme: String) -> Bool {
        readme.split(separator: "\n").contains { $0.hasPrefix("|") && $0.lowercased().contains(name.lowercased()) }
    }

    @Test("a row of a table is asked for, not a mention")
    func plantedRows() {
        #expect(Self.name("https://github.com/jpsim/Yams.git") == "Yams")
        #expect(Self.hasRow("Yams", in: "a\n| [Yams](x) | reads yaml |"))
        #expect(!Self.hasRow("Yams", in: "We like Yams."))
    }

    @Test("scripts can be run, and stop at the first thing that fails")
    func scripts() {
        let paths = Repository.paths(below: ["Scripts", ".ci"], suffixes: [""]) + ["Compose/check", "Compose/image"]
        #expect(paths.count > 3)
        #expect(paths.filter { !Repository.isExecutable($0) } == [])
        let careless = paths.filter { path in
            let text = Repository.text(path) ?? ""
            return !(text.hasPrefix("#!/usr/bin/env bash\n") && text.contains("\nset -euo pipefail\n"))
        }
        #expect(careless == [])
    }
}

/// Files that git must never hold.
enum SecretFiles {
    private static let endings = [
        ".key", ".pem", ".p12", ".pfx", ".jks", ".der", ".crt", ".csr", ".db", ".db-wal", ".db-shm", "Package.resolved",
    ]

    static func isForbidden(_ path: String) -> Bool {
        endings.contains { path.hasSuffix($0) }
    }

    /// Whether a text holds a PEM private key of any kind.
    static func holdsPrivateKey(_ text: String) -> Bool {
        text.split(separator: "-----BEGIN ").dropFirst().contains { $0.prefix(40).contains("PRIVATE " + "KEY-----") }
    }
}
