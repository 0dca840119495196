import Foundation
import Testing

@Suite("Examples of commands, in pages and in the program's help")
struct ExampleTests {
    /// Options that take a person's identifier.
    private static let options = ["--citizen-id", "--identifier", "--also"]

    private static let pages =
        Repository.paths(below: ["docs", "Nodes", "Certs", "Compose", "Benchmarks"], suffixes: [".md"])
        + ["README.md", "README.zh-CN.md"]

    /// What follows an option in a text, where it is a value.
    private static func values(of option: String, in text: String) -> [Substring] {
        text.ranges(of: option + " ").map { range in
            text[range.upperBound...].prefix { !$0.isWhitespace && $0 != "`" }
        }
    }

    @Test("no example has a person's number on the command line: others could see it there")
    func numbers() {
        let helps = Repository.sourceFiles.filter { $0.path.hasPrefix("Sources/yilian/") || $0.path.contains("Verbs/") }
        let texts = Self.pages.map { ($0, Repository.text($0) ?? "") } + helps.map { ($0.path, $0.text) }
        var examples = 0
        for (path, text) in texts {
            for option in Self.options {
                for value in Self.values(of: option, in: text) where value.hasPrefix("-") || value.contains(/[0-9]/) {
                    examples += 1
                    #expect(value == "-" || value.hasPrefix("--"), "\(path): \(option) \(value)")
                }
            }
            #expect(!text.contains(/echo [0-9X]{15,18}/), "\(path) writes a number into the shell's history")
        }
        #expect(examples > 10)
    }
}
