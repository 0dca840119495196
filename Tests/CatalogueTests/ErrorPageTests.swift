import Effects
import Foundation
import Testing

/// The page of all failures is printed from the catalogue.
///
/// Write it anew with `YILIAN_WRITE_ERRORS=1 swift test --filter ErrorPageTests`.
@Suite("The page of failures")
struct ErrorPageTests {
    private static let file = SourceCodes.root.appending(path: "docs/errors.md")

    private static let head = """
        # Failures / 错误

        Every code that Yilian can answer, log or end with. This page is printed from the catalogue by a test.
        本页列出医联可能答复、记录或以之结束的每个代码，由测试从目录生成。

        The failure itself says more: which file, which node, how many. The class says what it means to whoever asked.
        具体的错误信息会写明文件、节点和数量；类别说明它对提问者意味着什么。

        | class | meaning | 含义 |
        |---|---|---|
        | invalid | correct what was sent; the same will be refused again | 请更正所发内容，原样重发仍会被拒绝 |
        | forbidden | the asker may not | 提问者无权 |
        | absent | what was named is not there | 所指内容不存在 |
        | conflict | it contradicts what stands already | 与已有内容冲突 |
        | tooLate | it would have been in order before | 已过时限 |
        | retry | nothing is wrong with what was sent; try again in a while | 所发内容无误，请稍后再试 |
        | broken | a node or its configuration needs its operator | 节点或其配置需要操作员处理 |

        """

    private static var page: String {
        let areas = Dictionary(grouping: FailureLists.definitions) { String($0.code.rawValue.prefix { $0 != "." }) }
        let sections = areas.sorted { $0.key < $1.key }.map { area, definitions in
            "\n## \(area)\n\n| code | class | what is wrong | what to do |\n|---|---|---|---|\n"
                + definitions.sorted { $0.code.rawValue < $1.code.rawValue }.map(row).joined()
        }
        return head + sections.joined()
    }

    private static func row(_ definition: FailureDefinition) -> String {
        let (sentence, remedy) = (definition.sentence, definition.remedy)
        return "| `\(definition.code)` | \(definition.class.rawValue) | \(sentence.english)<br>\(sentence.chinese) "
            + "| \(remedy.english)<br>\(remedy.chinese) |\n"
    }

    @Test("is what the catalogue prints")
    func page() throws {
        if ProcessInfo.processInfo.environment["YILIAN_WRITE_ERRORS"] == "1" {
            try Self.page.write(to: Self.file, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: Self.file, encoding: .utf8)
        #expect(written == Self.page, "write it anew: YILIAN_WRITE_ERRORS=1 swift test --filter ErrorPageTests")
    }
}
