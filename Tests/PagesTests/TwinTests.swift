import Effects
import Foundation
import Testing
import YilianTestKit

@Suite("The operators' pages in two languages")
struct TwinTests {
    @Test("the English page and the Chinese one say the same", arguments: TwinPages.paths)
    func twins(_ path: String) throws {
        let twins = TwinPages(english: try Page(path), chinese: try Page(TwinPages.twin(of: path)))
        #expect(twins.differences == [])
        #expect(twins.english.sections.count > 3)
    }

    private static let english = """
        # Keys
        `yilian cert list` shows [them](a.md).
        ```sh
        yilian cert list authority   # all of them
        ```
        | a | b |
        - one
        """

    @Test(
        "whatever one of them says alone is found",
        arguments: [
            ("`yilian cert list` shows", "`yilian cert show` shows"), ("# Keys", "## Keys"), ("- one", "一"),
            ("list authority", "list elsewhere"), ("| a | b |", ""), ("a.md", "b.md"), ("```sh\n", "```\n"),
            ("all of them", "每一张"),
        ])
    func planted(_ words: String, _ others: String) {
        let chinese = Self.english.replacing("shows", with: "显示").replacing(
            words.replacing("shows", with: "显示"), with: others.replacing("shows", with: "显示"))
        let twins = TwinPages(english: Page("a", text: Self.english), chinese: Page("b", text: chinese))
        #expect(twins.differences.isEmpty == (words == "all of them"), "\(twins.differences)")
    }

    @Test("a section that nobody translated is found")
    func untranslated() {
        let twins = TwinPages(english: Page("a", text: Self.english), chinese: Page("b", text: Self.english))
        #expect(twins.differences.contains { $0.hasSuffix("is not Chinese") })
    }

    @Test("a link leads to a file that is there, from a Chinese page to a Chinese one", arguments: TwinPages.paths)
    func links(_ path: String) throws {
        for path in [path, TwinPages.twin(of: path)] {
            let folder = path.contains("/") ? String(path.prefix { $0 != "/" }) + "/" : ""
            for link in try Page(path).sections.flatMap(\.links) where !link.hasPrefix("http") && !link.hasPrefix("#") {
                let target = URL(filePath: BuiltProgram.checkout + "/" + folder + link.prefix { $0 != "#" })
                    .standardizedFileURL.path
                #expect(SystemDisk().exists(target), "\(path) leads to \(link)")
                let isEnglish = TwinPages.paths.contains { target == BuiltProgram.checkout + "/" + $0 }
                let isSwitch = path == TwinPages.twin(of: folder + link)
                #expect(!path.hasSuffix(".zh-CN.md") || !isEnglish || isSwitch, "\(path) leads to \(link)")
            }
        }
    }

    @Test(
        "a link to a place within a page leads to a heading of it",
        arguments: TwinPages.paths.flatMap { [$0, TwinPages.twin(of: $0)] })
    func anchors(_ path: String) throws {
        let folder = path.contains("/") ? String(path.prefix { $0 != "/" }) + "/" : ""
        for link in try Page(path).sections.flatMap(\.links) where !link.hasPrefix("http") && link.contains("#") {
            let parts = link.split(separator: "#", omittingEmptySubsequences: false)
            let target = parts[0].isEmpty ? path : URL(filePath: "/" + folder + parts[0]).standardizedFileURL.path
            let page = try Page(target.hasPrefix("/") ? String(target.dropFirst()) : target)
            #expect(page.sections.contains { $0.anchor == parts[1] }, "\(path) leads to \(link)")
        }
    }
}
