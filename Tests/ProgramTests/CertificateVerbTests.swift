import Effects
import Foundation
import Testing

@Suite struct CertificateVerbTests {
    @Test func certificatesAreListedRenewedAndRevoked() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        #expect(try await region.yilian("cert", "list", "auth").output.contains("diaodu"))
        #expect(try await region.yilian("cert", "issue", "auth", "diaodu").errors.contains("[cert.issued]"))
        #expect(try await region.yilian("cert", "renew", "auth", "diaodu").status == 0)
        let revoked = try await region.yilian("cert", "revoke", "auth", "shi", "--reason", "lost", "--json")
        #expect(revoked.status == 0)
        let listed = try await region.yilian("cert", "list", "auth", "--json").output
        let lines = try #require(try JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [[String: Any]])
        #expect(lines.count == 3)
        #expect(lines.filter { $0["revokedAt"] is String }.count == 1)
    }

    @Test func publishingTheSameAgainGivesTheSameFile() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let path = region.folder + "/auth/region.configuration"
        let first = try SystemDisk().read(path)
        #expect(try await region.yilian("region", "publish", "region.yaml", "--authority", "auth").status == 0)
        #expect(try SystemDisk().read(path) == first)
        #expect(try SystemDisk().mode(region.folder + "/auth/patient-key-epoch-1.key") == 0o600)
    }

    @Test func otherContentUnderTheSameVersionIsRefused() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let path = region.folder + "/region.yaml"
        try SystemDisk().write(try SystemDisk().readText(path).replacing("试验区", with: "别的区"), to: path)
        let outcome = try await region.yilian("region", "publish", "region.yaml", "--authority", "auth")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("[region.sameVersion]"))
    }

    @Test func aNodeWithoutKeysIsNamedAndTheExitCodeSaysDegraded() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        #expect(try await region.yilian("cert", "init", "auth", "--region", "testland").status == 0)
        #expect(try await region.yilian("cert", "issue", "auth", "diaodu").status == 0)
        let outcome = try await region.yilian("region", "publish", "region.yaml", "--authority", "auth")
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("yilian cert issue auth shi"))
    }
}
