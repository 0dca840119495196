import Effects
import Foundation
import TestKit
import Testing

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
        let recognition = try #require(holds["recognition"] as? [String: Any])
        #expect(recognition["items"] as? Int == 210 && recognition["publishedWindows"] as? Int == 22)
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
