import Effects
import Foundation
import RecognitionTestKit
import Testing
import YilianTestKit

@Suite struct RegionVerbTests {
    @Test func checkSaysWhatTheCatalogueHolds() async throws {
        let file = BuiltProgram.checkout + "/Nodes/yangquan/region.yaml"
        let outcome = try await BuiltProgram.run(["region", "check", file])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("50 nodes, 56 units: in order"))
        #expect(outcome.output.contains("items 210 (laboratory 140, dr 16, ct 14,"))
        #expect(outcome.output.contains("published windows 22"))
        let json = try await BuiltProgram.run(["region", "check", file, "--json"])
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((answer["problems"] as? [Any])?.isEmpty == true)
        let holds = try #require(answer["holds"] as? [String: Any])
        let sections = try #require(holds["sections"] as? [[String: Any]])
        let rules = try #require(sections.first { $0["name"] as? String == "recognition" })
        let figures = try #require(rules["figures"] as? [String: Int])
        #expect(figures["items"] == 210 && figures["publishedWindows"] == 22)
    }

    @Test func aMistakeInAFileBesideIsShownWithThatFile() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try Self.addRules(to: region, window: "0")
        let outcome = try await region.yilian("region", "check", "region.yaml")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("rules.yaml:4:"))
        #expect(outcome.errors.contains("[region.noWindow]"))
        let json = try await region.yilian("region", "check", "region.yaml", "--json")
        #expect(json.status == 1 && json.output.contains("rules.yaml:4:") && !json.output.contains("holds"))
    }

    @Test func rulesArePublishedAndShownFromTheSignedFile() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try Self.addRules(to: region, window: "30")
        try await region.issueAndPublish()
        let shown = try await region.yilian(
            "region", "show", "--file", "auth/region.configuration", "--root", "auth/region.pub")
        #expect(shown.status == 0)
        #expect(shown.output.contains("recognition, edition 试验: items 1 (ct 1), published windows 0"))
        #expect(shown.output.contains("3A private"))
    }

    @Test func aDifferenceIsToldInWords() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let disk = SystemDisk()
        try disk.write(
            try disk.read(region.folder + "/auth/region.configuration"), to: region.folder + "/old", mode: 0o644)
        try await region.yilian("cert", "revoke", "auth", "shi", "--reason", "stolen")
        try await region.publish(version: 2) { $0.replacing("市人民医院", with: "市第一医院") }
        let told = try await region.yilian(
            "region", "diff", "old", "auth/region.configuration", "--root", "auth/region.pub")
        #expect(told.status == 0, "\(told.errors)")
        #expect(told.output.contains("changed region testland: version 1 → 2"))
        #expect(told.output.contains("changed unit shi-yy: name 市人民医院 → 市第一医院"))
        #expect(told.output.contains("added revocation of certificate") && told.output.contains("stolen"))
        let yaml = try await region.yilian("region", "diff", "auth/region.configuration", "region.yaml")
        #expect(yaml.output == "nothing changes\n", "keys and revocations stand in no yaml")
        #expect(try await region.yilian("region", "diff", "old", "auth/ca.crt").status == 1)
    }

    @Test func whatTheAuthoritysFolderLostIsKeptAndSaidWithWhatToDo() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        let (disk, facts) = (SystemDisk(), region.folder + "/auth/nodes/shi.json")
        let before = try disk.read(facts)
        try await region.yilian("cert", "renew", "auth", "shi", "--new-ledger-key")
        #expect(try await region.publish(version: 2).status == 0)
        // An older copy of the folder was put back.
        try disk.write(before, to: facts, mode: 0o644)
        let kept = try await region.publish(version: 3)
        #expect(kept.status == 3, "\(kept.output)")
        for words in ["! kept as it was published", "ledger key", "of shi", "bring nodes/ and revocations.json back"] {
            #expect(kept.output.contains(words), "\(words): \(kept.output)")
        }
    }

    @Test func knownDivisionsAreListed() async throws {
        let all = try await BuiltProgram.run(["region", "divisions", "--json"])
        let lines = try #require(try JSONSerialization.jsonObject(with: Data(all.output.utf8)) as? [[String: Any]])
        #expect(lines.count > 50)
        let some = try await BuiltProgram.run(["region", "divisions", "140321"])
        #expect(some.status == 0 && some.output.contains("平定县") && !some.output.contains("140322"))
        #expect(try await BuiltProgram.run(["region", "divisions", "平定"]).output.contains("140321"))
        let none = try await BuiltProgram.run(["region", "divisions", "999999"])
        #expect(none.status == 1 && none.errors.contains("divisions"))
    }

    private static func addRules(to region: TrialRegion, window: String) throws {
        let path = region.folder + "/region.yaml"
        let text = try SystemDisk().readText(path)
            .replacing("version: 1\n", with: "version: 1\nrecognition: rules.yaml\n")
            .replacing("kind: hospital,", with: "kind: hospital, grade: 3A, private: true,")
        try SystemDisk().write(text, to: path)
        let rules = """
            edition: 试验
            from: 2026-01-01
            items:
              - {code: CT-CHEST, name: 胸部CT, english: Chest CT, class: ct, windowDays: \(window)}

            """
        try SystemDisk().write(rules, to: region.folder + "/rules.yaml")
    }
}
