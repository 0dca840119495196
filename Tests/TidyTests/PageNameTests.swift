import Testing

/// Whoever reads a message of the program sits at a terminal: a page of the repository is not there, a verb is.
@Suite("No message points at a page")
struct PageNameTests {
    private static func violations(in file: SwiftFile) -> [Violation] {
        file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
            let code = line.drop { $0 == " " }
            guard !code.hasPrefix("//"), code.contains(/[A-Za-z0-9_-]\.md\b/) else { return nil }
            return Violation(file.path, rule: "page in a message", "line \(number + 1): \(code.prefix(80))")
        }
    }

    @Test("in no text of the program stands the name of a page")
    func tree() {
        // The interface's description is read by developers, who have the repository.
        let shown = Repository.swiftFiles.filter {
            $0.path.hasPrefix("Sources/") && !$0.path.hasPrefix("Sources/Console/OpenAPI/")
        }
        let found = shown.flatMap(Self.violations)
        #expect(found.isEmpty, "\(found.report)")
    }

    @Test("one is found, a comment and a file's ending are not")
    func planted() {
        func rules(_ text: String) -> Int {
            Self.violations(in: SwiftFile(path: "Sources/A/B.swift", text: text)).count
        }
        #expect(rules("    remedy: \"see docs/recognition.md\"") == 1)
        #expect(rules("    Nodes/README.md explains it.") == 1)
        #expect(rules("    /// See docs/recognition.md.") == 0)
        #expect(rules("    let isPage = name.hasSuffix(\".md\")") == 0)
    }
}
