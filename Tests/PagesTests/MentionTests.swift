import Effects
import Foundation
import Testing
import YilianTestKit

/// What stands between backquotes in a text and is a command of the program's.
@Suite("The commands that texts mention")
struct MentionTests {
    private struct Verb: Decodable {
        var commandName: String
        var subcommands: [Verb]?
        var arguments: [Argument]?

        struct Argument: Decodable {
            var names: [Name]?
        }

        struct Name: Decodable {
            var name: String
        }

        func verb(_ name: String) -> Verb? { (subcommands ?? []).first { $0.commandName == name } }
    }

    private static func program() async throws -> Verb {
        let outcome = try await BuiltProgram.run(["manual", "--json"])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Verb.self, from: Data(outcome.output.utf8))
    }

    /// Whether a mention names verbs that there are; `a|b` stands for both, and what follows the verb is not looked at.
    private static func isKnown(_ words: [Substring], in program: Verb) -> Bool {
        guard let noun = words.first.flatMap({ program.verb(String($0)) }) else { return false }
        guard let second = words.dropFirst().first, noun.subcommands != nil else { return true }
        return second.split(separator: "|").allSatisfy { noun.verb(String($0)) != nil }
    }

    @Test(
        "every verb that a page mentions is one that the program has",
        arguments: TwinPages.paths.flatMap { [$0, TwinPages.twin(of: $0)] })
    func verbs(_ path: String) async throws {
        let program = try await Self.program()
        for span in try Page(path).sections.flatMap(\.spans) {
            var words = span.split(separator: " ")
            let isOurs = words.first == "yilian"
            if isOurs { words.removeFirst() }
            if isOurs, !words.isEmpty, !words[0].hasPrefix("-"), words[0] != "…" {
                #expect(Self.isKnown(words.filter { $0 != "…" }, in: program), "\(path): \(span)")
            } else if words.count == 2, words[0].allSatisfy(\.isLetter), program.verb(String(words[0])) != nil {
                #expect(Self.isKnown(words, in: program), "\(path): \(span)")
            }
        }
    }

    @Test("a mention with arguments stands in a block as well, where it is run", arguments: TwinPages.paths)
    func arguments(_ path: String) async throws {
        let page = try Page(path)
        let blocks = page.fences.flatMap(\.lines).joined(separator: "\n")
        for span in page.sections.flatMap(\.spans) where span.hasPrefix("yilian ") || span.hasPrefix("Scripts/") {
            let words = span.split(separator: " ")
            let isVerbAlone = span.hasPrefix("Scripts/") ? words.count == 1 : words.count <= 3
            #expect(isVerbAlone || blocks.contains(span), "\(path): \(span)")
        }
    }

    @Test("no page and no help puts a person's number on a command line")
    func numbers() async throws {
        let disk = SystemDisk()
        let pages = TwinPages.paths.flatMap { [$0, TwinPages.twin(of: $0)] }
        let others = try disk.list(BuiltProgram.checkout + "/docs").filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }
        var texts = try (pages + others).map { ($0, try disk.readText(BuiltProgram.checkout + "/" + $0)) }
        texts.append(("yilian manual", try await BuiltProgram.run(["manual"]).output.replacing("\\-", with: "-")))
        for (name, text) in texts {
            for option in ["--citizen-id", "--identifier", "--also"] {
                for use in text.split(separator: option + " ", omittingEmptySubsequences: false).dropFirst() {
                    #expect(use.first?.isNumber != true, "\(name): \(option) \(use.prefix(20))")
                }
            }
        }
    }
}
