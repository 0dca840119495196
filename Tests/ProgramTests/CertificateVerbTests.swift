import Effects
import Foundation
import RecognitionTestKit
import Testing
import YilianTestKit

@Suite struct CertificateVerbTests {
    @Test func certificatesAreListedRenewedAndRevoked() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        #expect(try await region.yilian("cert", "list", "auth").output.contains("diaodu"))
        let again = try await region.yilian("cert", "issue", "auth", "diaodu")
        #expect(again.errors.contains("[cert.issued]"))
        #expect(again.errors.contains("yilian cert renew \(region.folder)/auth diaodu"))
        let renewed = try await region.yilian("cert", "renew", "auth", "diaodu", "--dns", "d.example.org")
        #expect(renewed.status == 0)
        #expect(renewed.output.contains("names: localhost, d.example.org, 127.0.0.1"))
        #expect(renewed.output.contains("nothing is to be published") && !renewed.output.contains("publish the region"))
        let revoked = try await region.yilian("cert", "revoke", "auth", "shi", "--reason", "lost", "--json")
        #expect(revoked.status == 0)
        let listed = try await region.yilian("cert", "list", "auth", "--json").output
        let lines = try #require(try JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [[String: Any]])
        #expect(lines.filter { $0["kind"] as? String == "node" }.count == 3)
        #expect(lines.filter { $0["kind"] as? String == "authority" }.count == 1)
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
        #expect(outcome.errors.contains("试验区 → 别的区"), "what differs: \(outcome.errors)")
        // What the authority has on record is part of it, and stands in no line of region.yaml.
        try SystemDisk().write(try SystemDisk().readText(path).replacing("别的区", with: "试验区"), to: path)
        _ = try await region.yilian("cert", "revoke", "auth", "shi", "--reason", "lost")
        let revoked = try await region.yilian("region", "publish", "region.yaml", "--authority", "auth")
        #expect(revoked.status == 1 && revoked.errors.contains("lost"), "\(revoked.errors)")
        #expect(revoked.errors.contains("under version 2"), "\(revoked.errors)")
    }

    @Test func aSecondAuthorityIsNotMadeBesideWhatIsLeftOfTheFirst() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        for lost in ["", "ca.crt", "ca.key", "region.key", "region.pub", "patient-key-epoch-1.key"] {
            if !lost.isEmpty { try SystemDisk().remove(region.folder + "/auth/" + lost) }
            let again = try await region.yilian("cert", "init", "auth", "--region", "testland")
            #expect(again.status == 1 && again.errors.contains("[cert.standsAlready]"), "\(lost): \(again.errors)")
            #expect(!again.errors.contains("move it away"), "\(again.errors)")
        }
    }

    @Test func keysThatDoNotBelongTogetherAreNamedWithTheirFile() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        #expect(try await region.yilian("cert", "init", "other", "--region", "testland").status == 0)
        let disk = SystemDisk()
        for (name, code) in [("region.key", "[cert.wrongRegionKey]"), ("ca.key", "[cert.wrongKey]")] {
            let own = try disk.read(region.folder + "/auth/" + name)
            try disk.write(
                try disk.read(region.folder + "/other/" + name), to: region.folder + "/auth/" + name, mode: 0o600)
            let refused =
                name == "ca.key"
                ? try await region.yilian("cert", "issue", "auth", "neu") : try await region.publish(version: 2)
            #expect(refused.status == 1 && refused.errors.contains(code), "\(refused.errors)")
            #expect(refused.errors.contains(region.folder + "/auth/"), "where: \(refused.errors)")
            try disk.write(own, to: region.folder + "/auth/" + name, mode: 0o600)
        }
        let adopted = try await region.yilian("cert", "adopt", "auth", "auth/ca.crt")
        #expect(adopted.status == 1 && adopted.errors.contains("auth/ca.crt: "), "\(adopted.errors)")
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

    @Test func renewalKeepsNamesSaysWhatItDropsAndWhatIsToBeDone() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        #expect(try await region.yilian("cert", "list", "auth").status == 0)
        _ = try await region.yilian("cert", "renew", "auth", "shi", "--dns", "a.example.org", "--ip", "10.1.2.3")
        let kept = try await region.yilian("cert", "renew", "auth", "shi", "--days", "20")
        #expect(kept.output.contains("names: localhost, a.example.org, 127.0.0.1, 10.1.2.3"))
        #expect(try await region.yilian("cert", "list", "auth").status == 3, "the newest one ends within its warning")
        let dropped = try await region.yilian(
            "cert", "renew", "auth", "shi", "--drop", "a.example.org", "--new-ledger-key")
        #expect(dropped.output.contains("names: localhost, 127.0.0.1, 10.1.2.3"))
        #expect(dropped.output.contains("dropped: a.example.org"))
        #expect(dropped.output.contains("Publish the region.") && dropped.output.contains("ledger*.key"))
        #expect(try await region.yilian("cert", "list", "auth").status == 0)
        let text = try await BuiltProgram.run(
            ["x509", "-noout", "-ext", "subjectAltName", "-in", "auth/shi/tls.crt"], in: region.folder,
            program: "/usr/bin/openssl")
        #expect(text.output.contains("IP Address:10.1.2.3") && !text.output.contains("a.example.org"))
    }

    @Test func theFirstVerbNamesEveryFileThatIsToBeKept() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        let outcome = try await region.yilian("cert", "init", "auth", "--region", "testland")
        let page = try SystemDisk().readText(BuiltProgram.checkout + "/Certs/README.md")
        try await region.yilian("cert", "issue", "auth", "shi")
        try await region.yilian("cert", "issue", "auth", "diaodu")
        try await region.yilian("cert", "revoke", "auth", "shi", "--reason", "test")
        try await region.yilian("cert", "epoch", "new", "auth")
        try await region.yilian("region", "publish", "region.yaml", "--authority", "auth")
        for name in try SystemDisk().list(region.folder + "/auth") where !["shi", "diaodu"].contains(name) {
            let shown = name.hasPrefix("patient-key-epoch") ? "patient-key-epoch-" : name
            #expect(outcome.output.contains(shown), "cert init does not name \(name)")
            #expect(page.contains(shown), "Certs/README.md does not name \(name)")
        }
    }
}
