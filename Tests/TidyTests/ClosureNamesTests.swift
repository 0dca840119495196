import Testing

@Suite("Closures beside #expect")
struct ClosureNamesTests {
    private func lines(_ text: String) -> [Int] {
        ClosureNames.violations(in: SwiftFile(path: "Tests/ATests/A.swift", text: text)).map(\.line)
    }

    @Test("all run: none has the name of another one")
    func tree() {
        let found = Repository.swiftFiles.filter { $0.path.hasPrefix("Tests/") }.flatMap(ClosureNames.violations)
        #expect(found.isEmpty, "\(found.report)")
    }

    @Test(
        "one that may not run is found",
        arguments: [
            "#expect(try take { $0.a = 1 } == 1)\nlet all = try take {\n$0.a = 2\n$0.b = 3\n}",
            "let one = take { 1 }\nlet all = take { 2 }\nfor _ in 0..<3 { #expect(take(3) { 4 } == 4) }",
            "if isIt { #expect(one.contains { $0 == 2 }, \"\\(one)\") }\nlet all = one.filter { $0 == 1 }",
            "let all = try #require(one.first(where: { $0 == 1 }))\nlet two = one.first(where: { $0 == 2 })",
        ])
    func planted(text: String) {
        #expect(!lines("func test() async throws {\ntry await run { region in\n\(text)\n}\n}").isEmpty)
        #expect(!lines("@Test func `if all is run for`() {\ntry run(1) { region in\n\(text)\n}\n}").isEmpty)
    }

    @Test(
        "others are none",
        arguments: [
            "#expect(try take { $0.a = 1 } == 1)\n#expect(try take { $0.a = 2 } == 2)",
            "let all = try take {\n$0.a = 2\n$0.b = 3\n}\n#expect(all == 1)\n#expect(one.map { $0 } == all)",
            "func local() {\nlet all = take { 1 }\n#expect(take { 2 } == all)\n}",
            "await #expect(throws: Failure.self) { try await take(1) }\nawait expect { true }",
            "let all = run { take { 1 } }\n#expect(take { 2 } == all)",
        ])
    func honest(text: String) {
        #expect(lines("func test() async throws {\ntry await run { region in\n\(text)\n}\n}").isEmpty)
    }

    @Test("in the body of a function the compiler numbers well")
    func functions() {
        #expect(lines("func test() {\nlet all = take { 1 }\n#expect(take { 2 } == all)\n}").isEmpty)
        #expect(lines("var all: Int {\nlet all = take { 1 }\n#expect(take { 2 } == all)\nreturn 1\n}").isEmpty)
    }
}
