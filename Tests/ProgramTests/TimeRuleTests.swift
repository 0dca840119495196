import Effects
import Foundation
import Testing
import YilianTestKit

/// The rule of README: people read local time with its offset, machines RFC 3339.
@Suite struct TimeRuleTests {
    private static let person = "999999196804129172"

    @Test func everyVerbKeepsTheRuleOfTimes() async throws {
        let region = try TrialRegion()
        defer { region.remove() }
        try await region.issueAndPublish()
        _ = try await region.running("shi") { _ in
            let data = region.data("shi")
            let messages = BuiltProgram.checkout + "/Nodes/demo/messages"
            _ = try await region.yilian("import", messages, "--data", data)
            let asking = ["--citizen-id", "-", "--practitioner", "dr-li", "--consent", "C-1"]
            for verb in [
                ["node", "status"], ["peer", "list"], ["queue", "list"], ["queue", "why"], ["queue", "show"],
                ["message", "list"], ["region", "show"], ["indicator", "show"], ["identity", "log"],
                ["record", "find"] + asking, ["recognition", "match", "GLU"] + asking, ["audit", "list"],
                ["recognition", "decisions"], ["recognition", "break-glass"], ["recognition", "sheet"],
                ["recognition", "certificates"], ["consult", "list"], ["ledger", "verify"],
            ] {
                let isAsking = verb.contains("--citizen-id")
                let shown = try await BuiltProgram.run(
                    verb + ["--data", data], in: region.folder, input: isAsking ? Self.person + "\n" : nil)
                for time in Self.times(in: shown.output + shown.errors) {
                    #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00/) != nil, "\(verb): \(time)")
                }
                for line in shown.output.split(separator: "\n") {
                    #expect(!line.contains(" , ") && !line.hasSuffix(": "), "what is empty is called none: \(line)")
                }
                let json = try await BuiltProgram.run(
                    verb + ["--data", data, "--json"], in: region.folder, input: isAsking ? Self.person + "\n" : nil)
                for time in Self.times(in: json.output) {
                    #expect(
                        time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|\+08:00)/) != nil,
                        "\(verb): \(time)")
                }
            }
            let written = try await region.yilian(
                "record", "find", "--data", data, "--citizen-id", "-",
                "--practitioner", "dr-li", "--consent", "C-1", "--json", input: Self.person + "\n")
            #expect(!Self.times(in: written.output).isEmpty, "\(written.output)")
        }
    }

    /// What looks like a moment: of ISO 8601, or of HL7 v2.
    private static func times(in text: String) -> [Substring] {
        text.matches(of: /\d{4}-\d\d-\d\d[T ]\d\d:\d\d[0-9:.]*(Z|[+-]\d\d:?\d\d)?/).map(\.output.0)
            + text.matches(of: /"(20\d{10}|20\d{12})([+-]\d{4})?"/).map(\.output.0)
    }
}
