import Effects
import Foundation
import Testing
import YilianTestKit

@Suite("The commands of the pages", .serialized)
struct CommandTests {
    /// A page, what lies in the folder in which its commands are run, and the commands that end with exit code 3 there.
    struct Run: Sendable, CustomTestStringConvertible {
        var path: String
        var files: [String]
        var degraded: [String] = []
        /// Before which of its blocks a region is to run, counted from 0; its commands speak with the nodes.
        var regionBefore: Int?
        /// Whether that region has a catalogue for mutual recognition.
        var hasCatalogue = false

        var testDescription: String { path }
    }

    private static let checkout = [
        "README.md", "README.zh-CN.md", "LICENSE", "Scripts", "Nodes", "Certs", "Compose", "Package.swift",
    ]

    static let runs = [
        Run(path: "README.md", files: checkout),
        Run(path: "Nodes/README.md", files: checkout, regionBefore: 2),
        Run(path: "Certs/README.md", files: checkout, regionBefore: 1),
        Run(
            path: "Compose/README.md", files: checkout,
            degraded: ["yilian region publish Nodes/demo/region.yaml --authority authority"]),
        Run(path: "docs/first-region.md", files: []),
        Run(path: "docs/developers.md", files: checkout + ["docs"]),
        Run(path: "docs/recognition.md", files: checkout, regionBefore: 1, hasCatalogue: true),
        Run(
            path: "docs/identity.md", files: checkout,
            degraded: [
                "yilian identity link --citizen-id - --also - --evidence document --reference 窗口登记 --practitioner dr-li "
                    + "--order O-7 < both.txt",
                "yilian identity separate --citizen-id - --from - --reason 登记错误 --practitioner dr-li --order O-7 < both.txt",
            ], regionBefore: 0),
    ]

    @Test("every command of a page runs as it is written there", arguments: runs)
    func commands(_ run: Run) async throws {
        let page = try Page(run.path)
        guard try await PageRun.canIsolate() || run.regionBefore == nil else {
            print("*** \(run.path): not run, because this machine lets nobody make namespaces ***")
            return
        }
        let before = try run.regionBefore.map { [$0: try RunningRegion.script(hasCatalogue: run.hasCatalogue)] } ?? [:]
        let done = try await PageRun(page, files: run.files, before: before)
        #expect(done.status == 0 && done.output.hasSuffix("END OF THE PAGE\n"), "\(done.output.suffix(6_000))")
        for fence in page.fences where fence.language == "sh" {
            #expect(done.output.contains("RUN \(fence.line)\n"), "the block of line \(fence.line) was run to its end")
        }
        for answer in page.answers {
            #expect(done.output.contains(answer.lines.joined(separator: "\n")), "the answer of line \(answer.line)")
        }
        #expect(done.script.fences > 0)
        #expect(Set(done.degraded).subtracting(run.degraded) == [])
        if !done.isIsolated {
            print("*** \(run.path): this machine lets nobody make namespaces; not run: \(done.script.omitted) ***")
        }
    }

    @Test("a page says what of it no test runs", arguments: TwinPages.paths.flatMap { [$0, TwinPages.twin(of: $0)] })
    func exceptions(_ path: String) throws {
        let page = try Page(path)
        let says = page.sections.contains { $0.text.contains("no test runs") || $0.text.contains("没有测试运行") }
        #expect(says == !PageScript(page).omitted.isEmpty, "\(PageScript(page).omitted)")
    }

    @Test(
        "commands stand in blocks that say so: sh, a language, or a drawing that holds no command",
        arguments: TwinPages.paths)
    func labels(_ path: String) throws {
        for fence in try Page(path).fences where fence.language != "sh" {
            let commands = fence.lines.filter { line in
                ["yilian ", "Scripts/", "docker", "openssl "].contains { line.hasPrefix($0) }
            }
            #expect(commands == [], "line \(fence.line)")
        }
    }

    @Test("every command of a page in two languages is run", arguments: TwinPages.paths)
    func isRun(_ path: String) throws {
        let holdsCommands = try Page(path).fences.contains { $0.language == "sh" }
        #expect(holdsCommands == Self.runs.contains { $0.path == path })
    }

    @Test("a command that fails stops the page and is named; one that is left out is counted")
    func planted() async throws {
        let page = Page(
            "planted",
            text: "```text a.txt\none\n```\n```sh\ngrep one a.txt\ndocker ps \\\n  -a\n```\n"
                + "```sh\nfalse\n```\n```sh\ntrue\n```\n")
        let done = try await PageRun(page, files: [])
        #expect(done.status == 1)
        #expect(done.output.contains("one\nRUN 4\n") && !done.output.contains("RUN 12"))
        #expect(done.output.contains("FAILED with exit code 1 in the block of line 9: false"))
        #expect(done.script.omitted == ["docker ps \\\n  -a"])
    }
}
