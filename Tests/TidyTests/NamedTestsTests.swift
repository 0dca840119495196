import Foundation
import Testing

/// Pages that promise a test by its name.
@Suite("Tests that pages name")
struct NamedTestsTests {
    private static let pages = ["docs/threats.md", "docs/authorship.md"]

    /// `Suite/test` by the file and the function, as pages write it.
    private static let known: Set<String> = {
        var names: Set<String> = []
        for file in Repository.swiftFiles where file.path.hasPrefix("Tests/") {
            let suite = URL(filePath: file.path).deletingPathExtension().lastPathComponent
            for part in file.text.components(separatedBy: "func ").dropFirst() {
                let name =
                    part.first == "`" ? part.dropFirst().prefix { $0 != "`" } : part.prefix { $0 != "(" && $0 != "<" }
                names.insert("\(suite)/\(name)")
            }
        }
        return names
    }()

    /// What stands between marks of code and looks like the name of a test.
    private static func names(in line: some StringProtocol) -> [String] {
        line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 && $0.element.prefix { $0 != "/" }.hasSuffix("Tests") }
            .map { String($0.element) }
    }

    @Test(arguments: pages) func `every test that a page names exists`(_ page: String) throws {
        let text = try #require(Repository.text(page))
        let names = Self.names(in: text)
        #expect(names.count > 10, "\(page) names \(names.count) tests")
        for name in names { #expect(Self.known.contains(name), "\(page): \(name)") }
    }

    @Test func `each threat has a countermeasure and a test, and the page says what is not protected`() throws {
        let text = try #require(Repository.text("docs/threats.md"))
        for section in text.components(separatedBy: "\n## ").dropFirst() where section.contains("| threat |") {
            let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
            #expect(!rows.isEmpty)
            for row in rows {
                let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                #expect(cells.count == 3 && cells.allSatisfy { !$0.isEmpty }, "\(row)")
                #expect(!Self.names(in: cells.last ?? "").isEmpty, "\(row)")
            }
        }
        for heading in ["## Assets", "## Actors", "## Boundaries", "## What is not protected"] {
            #expect(text.contains("\n\(heading)\n"))
        }
    }

    @Test func `the page of threats is linked from the first page, in both languages`() throws {
        for page in ["README.md", "README.zh-CN.md"] {
            #expect(try #require(Repository.text(page)).contains("(docs/threats.md)"), "\(page)")
        }
    }
}
