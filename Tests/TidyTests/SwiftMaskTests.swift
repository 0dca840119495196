import Testing

@Suite("The scanner that tells code from comments and strings")
struct SwiftMaskTests {
    private func words(_ text: String) -> [String] {
        SwiftFile(path: "Sources/A/B.swift", text: text).tokens.filter(\.isWord).map(\.text)
    }

    @Test("comments are not code, nested ones neither")
    func comments() {
        #expect(words("a // b\nc /* d /* e */ f */ g") == ["a", "c", "g"])
    }

    @Test("strings are not code, what is interpolated is")
    func strings() {
        #expect(words(#"a("b \" c \(d("e" + f)) g") h"#) == ["a", "d", "f", "h"])
        #expect(words("a(#\"b \" c \\(d) \\#(e) \"#) f") == ["a", "e", "f"])
        #expect(words("a = \"\"\"\n  b \" c \"\" d\n  \\(e)\n  \"\"\"\nf") == ["a", "e", "f"])
        #expect(words("a = #/b\"c/# d") == ["a", "d"])
    }

    @Test("a hash that opens no string stays what it is")
    func hashes() {
        #expect(words("#if os(Linux)\n#expect(a)") == ["if", "os", "Linux", "expect", "a"])
    }

    @Test("a string's inside and every token's line are kept")
    func literalsAndLines() {
        let tokens = SwiftFile(path: "a", text: "x\n/* \n */ \"一二\" y").tokens
        #expect(tokens.map(\.line) == [1, 3, 3])
        #expect(tokens[1].literal == "一二")
    }

    @Test("comments carry their kind and line")
    func commentKinds() {
        let comments = SwiftFile(path: "a", text: "// a\n/// b\n/* c\nd */").comments
        #expect(comments.map(\.line) == [1, 2, 3, 4])
        #expect(comments.map(\.kind) == [.line, .documentation, .block, .block])
        #expect(comments[1].text == " b")
    }

    @Test("the braces, brackets and parentheses of every file balance, so the scanner never lost its way")
    func balance() {
        #expect(Repository.swiftFiles.count > 50)
        let lost = Repository.swiftFiles.filter { file in
            [("{", "}"), ("(", ")"), ("[", "]")].contains { open, close in
                file.tokens.count { $0.text == open } != file.tokens.count { $0.text == close }
            }
        }
        #expect(lost.map(\.path) == [])
    }
}
