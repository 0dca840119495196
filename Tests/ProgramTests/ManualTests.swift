import Effects
import Foundation
import Testing
import YilianTestKit

@Suite struct ManualTests {
    private struct Verb: Decodable {
        var commandName: String
        var superCommands: [String]?
        var subcommands: [Verb]?

        var names: [String] {
            [((superCommands ?? []) + [commandName]).joined(separator: " ")] + (subcommands ?? []).flatMap(\.names)
        }
    }

    @Test func theManualPageHasASectionForEveryVerbAndManReadsItWithoutAWord() async throws {
        let json = try await BuiltProgram.run(["manual", "--json"])
        #expect(json.status == 0)
        let names = try JSONDecoder().decode(Verb.self, from: Data(json.output.utf8)).names
        #expect(names.contains("yilian node start") && names.contains("yilian cert epoch new"))
        let page = try await BuiltProgram.run(["manual"])
        #expect(page.status == 0)
        for name in names.dropFirst() where !name.hasSuffix(" help") {
            #expect(page.output.contains("\n.SS " + name.replacing("-", with: "\\-")), "\(name)")
        }
        for (number, line) in page.output.split(separator: "\n").enumerated() where line.hasPrefix(".") {
            let request = line.dropFirst().prefix { $0.isLetter }
            let known = ["TH", "SH", "SS", "TP", "PP", "B", "I", "RS", "RE", "nf", "fi"]
            #expect(known.contains(String(request)), "line \(number + 1): \(line)")
        }
        let man = "command -v man >/dev/null || exit 0; man --warnings -E UTF-8 -l -Tutf8 - 2>&1 >/dev/null"
        let read = try await BuiltProgram.run(["-c", man], input: page.output, program: "/bin/bash")
        #expect(read.output == "")
    }
}
