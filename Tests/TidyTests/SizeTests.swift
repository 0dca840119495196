import Testing

@Suite("Files and functions stay small")
struct SizeTests {
    static let fileLimitLines = 400

    private func file(_ text: String) -> SwiftFile { SwiftFile(path: "Sources/A/B.swift", text: text) }

    private static func tooLong(_ file: SwiftFile) -> [Violation] {
        let lines = file.text.hasSuffix("\n") ? file.lines.count - 1 : file.lines.count
        guard lines > fileLimitLines else { return [] }
        return [Violation(file.path, rule: "file length", "\(lines) lines, more than \(fileLimitLines)")]
    }

    @Test("no file has more than 400 lines")
    func files() {
        let found = Repository.swiftFiles.flatMap(Self.tooLong).withoutAllowed()
        #expect(found.isEmpty, "\(found.report)")
        #expect(Repository.swiftFiles.contains { $0.path == "Package.swift" })
    }

    @Test("a file of 401 lines is found, one of 400 is not")
    func plantedFile() {
        #expect(Self.tooLong(file(String(repeating: "//\n", count: 400))).isEmpty)
        #expect(Self.tooLong(file(String(repeating: "//\n", count: 401))).count == 1)
    }

    @Test("no function has more than 70 lines")
    func functions() {
        let found = Repository.swiftFiles.flatMap(FunctionLength.violations).withoutAllowed()
        #expect(found.isEmpty, "\(found.report)")
    }

    @Test("the scanner sees functions at all: there are thousands in the tree or a hundred per fifty files")
    func scannerSees() {
        let seen = Repository.swiftFiles.reduce(0) { $0 + FunctionLength($1).all().count }
        #expect(seen > Repository.swiftFiles.count * 2)
    }

    @Test(
        "a long one is found in every form",
        arguments: [
            "func a(_ b: Int = c({ 1 })) -> [Int: (A) -> B]", "init<T>(b: T) where T: B", "deinit",
            "subscript(a: Int) -> Int",
            "var a: [Int: Int]", "static func == (a: A, b: A) -> Bool", "func a() async throws(Failure) -> some B",
        ])
    func plantedFunction(signature: String) {
        let body = { (lines: Int) in signature + " {\n" + String(repeating: "a()\n", count: lines - 2) + "}\n" }
        #expect(FunctionLength.violations(in: file(body(70))).isEmpty)
        #expect(FunctionLength.violations(in: file("struct A {\n" + body(71) + "}")).count == 1)
    }

    @Test("what has no body is not taken for what follows it")
    func requirements() {
        let text = """
            protocol A {
                func a() -> Int
                init(b: Int)
                var c: Int { get }
                func d()
            }
            let e = B.init(c: 1)
            struct F {
                var g = 1
                var h: Int { 2 }
            }
            """
        #expect(FunctionLength(file(text)).all().map(\.name) == ["c", "h"])
    }

    @Test("a nested function counts for itself and for the one around it")
    func nested() {
        let text = "func a() {\n    func b() {\n    }\n}\n"
        #expect(FunctionLength(file(text)).all().map(\.lines) == [4, 2])
    }
}
