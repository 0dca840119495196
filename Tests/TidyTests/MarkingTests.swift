import Testing

@Suite("What comments say")
struct MarkingTests {
    private func file(_ text: String) -> SwiftFile { SwiftFile(path: "Sources/A/B.swift", text: text) }

    @Test("nothing is left unfinished, promised without proof or switched off")
    func tree() {
        let rules = [Markings.unfinished(in:), Markings.unprovenPromises(in:), Markings.deadCode(in:)]
        let found = Repository.swiftFiles.flatMap { file in rules.flatMap { $0(file) } }.withoutAllowed()
        #expect(found.isEmpty, "\(found.report)")
    }

    @Test("scripts are finished too")
    func scripts() {
        let paths = Repository.paths(below: ["Scripts", ".ci", "Compose"], suffixes: [""])
        let marked = paths.filter { path in
            let words = Set((Repository.text(path) ?? "").split { !$0.isLetter }.map(String.init))
            return !words.isDisjoint(with: ["TODO", "FIXME"])
        }
        #expect(marked == [])
    }

    @Test("unfinished things are found in every kind of comment, in names, and not in strings")
    func plantedUnfinished() {
        for word in ["TODO", "FIXME", "XXX"] {
            #expect(Markings.unfinished(in: file("a()\n// \(word): b")).map(\.line) == [2])
            #expect(Markings.unfinished(in: file("/// \(word) b\n/* \(word) */")).count == 2)
        }
        #expect(Markings.unfinished(in: file("let name = \"/tmp/XXX\"; let XXXX = 1")).isEmpty)
    }

    @Test(
        "a promise without a comment directly above is found",
        arguments: [
            "final class A: @unchecked Sendable {}", "nonisolated(unsafe) var a = 1", "@preconcurrency import A",
        ])
    func plantedPromise(text: String) {
        #expect(Markings.unprovenPromises(in: file("a()\n" + text)).map(\.line) == [2])
        #expect(Markings.unprovenPromises(in: file("// It is never changed.\n\n" + text)).count == 1)
        #expect(Markings.unprovenPromises(in: file("// It is never changed.\n" + text)).isEmpty)
        #expect(Markings.unprovenPromises(in: file("/// It is never changed.\n@frozen\n" + text)).isEmpty)
    }

    @Test(
        "code that was switched off is found",
        arguments: [
            "let a = 1", "var a: Int", "if a {", "}", "a.b(c)", "return a(b)", "import Foundation", "a();",
            "func a() -> Int", "try await a.b()", "a.b = c", "a += b(c)", "#expect(a)",
        ])
    func plantedDeadCode(text: String) {
        #expect(Markings.deadCode(in: file("a()\n    // " + text)).map(\.line) == [2])
        #expect(Markings.deadCode(in: file("/// " + text)).isEmpty, "documentation may show code")
    }

    @Test(
        "sentences are not taken for code",
        arguments: [
            "Let it be: a sentence.", "if the link is down, the courier waits.", "L1",
            "return to the parent (the county)",
            "a (b)", "let them in by a grant", "System libraries", "case by case, as RFC 6962 says (section 2)",
            "import is the node's verb",
        ])
    func sentences(text: String) {
        #expect(!Markings.looksLikeCode(" " + text))
    }
}
