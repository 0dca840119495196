import Foundation
import Testing

/// On a command line others see a person's number; `-` reads it from standard input.
@Suite("Numbers of people in examples")
struct PersonNumberTests {
    private static let pages =
        Repository.paths(below: ["docs", "Nodes", "Certs", "Compose", "Benchmarks", "Scripts"], suffixes: [".md", ""])
        .filter { $0.hasSuffix(".md") || $0.hasPrefix("Scripts/") }
        + Repository.paths(
            below: ["Sources/yilian", "Sources/VerbKit", "Sources/Services", "Sources/Demo"], suffixes: [".swift"])
        + ["README.md", "README.zh-CN.md"]

    @Test func `no page, help text or script has one on a command line`() throws {
        let example = try Regex(#"--(citizen-id|also|from) -"#)
        let forms = [
            try Regex(#"--(citizen-id|identifier)[ =]["']?[0-9]"#), try Regex(#"--(also|from)[ =]["']?[A-Z]+\|"#),
        ]
        var examples = 0
        for page in Self.pages {
            guard let text = Repository.text(page) else { continue }
            examples += text.matches(of: example).count
            for form in forms {
                let shown = text.matches(of: form).map { String(text[$0.range]) }
                #expect(shown == [], "\(page)")
            }
        }
        #expect(examples > 10, "the pages show how it is done: \(examples)")
    }
}
