import Testing

@testable import Console

@Suite struct TextTableTests {
    @Test func chineseCharactersCountAsTwoColumns() {
        var table = TextTable("NAME", ">COUNT", "UNIT")
        table.add("平定县", "7", "份")
        table.add("jucheng", "1200", "份")
        #expect(
            table.text == """
                NAME     COUNT  UNIT
                平定县       7  份
                jucheng   1200  份
                """)
    }

    @Test func aMissingCellIsEmptyAndNoLineEndsInSpaces() {
        var table = TextTable("A", "B")
        table.add("long cell")
        #expect(table.text == "A          B\nlong cell")
    }

    @Test func withoutTitlesThereIsNoTitleLine() {
        var table = TextTable("", "")
        table.add("tier", "市")
        #expect(table.text == "tier  市")
    }

    @Test(arguments: [("abc", 3), ("医联", 4), ("（区）", 6), ("é", 1), ("e\u{301}", 1), ("ＡＢ", 4)])
    func widthsAreThoseOfATerminal(_ text: String, _ width: Int) {
        #expect(TextTable.width(of: text) == width)
    }
}
