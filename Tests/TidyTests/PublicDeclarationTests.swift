import Testing

@Suite("What other packages see says what it is")
struct PublicDeclarationTests {
    private func lines(_ text: String) -> [Bool] {
        PublicDeclarations.all(in: SwiftFile(path: "Sources/A/B.swift", text: text)).map(\.isDocumented)
    }

    @Test("nine of ten public declarations are documented")
    func share() {
        let found = Repository.sourceFiles.flatMap { file in
            PublicDeclarations.all(in: file).map { (place: "\(file.path):\($0.line)", isDocumented: $0.isDocumented) }
        }
        let bare = found.filter { !$0.isDocumented }.map(\.place)
        #expect(found.count > 150)
        #expect(bare.count * 10 <= found.count, "\(bare.count) of \(found.count): \(bare.joined(separator: "\n"))")
    }

    @Test("a declaration without a doc comment is found")
    func planted() {
        let members = "    public let b: Int\n    /// Two.\n    public static func c() {}\n"
        #expect(lines("/// One.\npublic struct A {\n" + members + "}\n") == [true, false, true])
        #expect(lines("/// One.\n@available(*, deprecated)\npublic final class A {}\n") == [true])
        #expect(lines("// One.\npublic init() {}\n") == [false])
    }

    @Test("an import, a comment and a string declare nothing")
    func others() {
        #expect(lines("public import Effects\n// public let a = 1\nlet b = \"public let c\"\n") == [])
        #expect(lines("/// One.\npublic private(set) var a = 1\n") == [true])
    }
}
