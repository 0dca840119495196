import Effects
import Foundation
import Recognition
import Regions
import Testing

@testable import RecognitionEdge

@Suite("The monthly table of recognition") struct SheetTests {
    private func row(_ name: String, recognised: Int = 0, fen: Int = 0, grade: String = "2A") -> SheetInfo.RowInfo {
        var statistics = InstitutionStatistics(unit: "u")
        var count = InstitutionStatistics.ClassCount()
        (count.recognised, count.savedFen) = (recognised, fen)
        statistics.byClass[.laboratory] = count
        statistics.orderRate = RecognitionFigure(recognised, of: 3)
        statistics.repeatedByReason = ["01": 1]
        statistics.recognisedByItem = ["GLU": recognised]
        return SheetInfo.RowInfo(statistics, unit: "u", name: name, grade: grade, isPrivate: false)
    }

    private func sheet(_ rows: [SheetInfo.RowInfo]) -> SheetInfo {
        var sheet = SheetInfo.empty
        sheet.institutions = rows
        sheet.total = rows.first ?? sheet.total
        return sheet
    }

    @Test func `the CSV has a byte order mark, two head lines, and a field for every column`() {
        let text = SheetCSV.text(sheet([row("平定县人民医院", recognised: 2, fen: 1_305)]))
        #expect(text.hasPrefix("\u{FEFF}机构,等级,"))
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines[1].hasPrefix("institution,grade,"))
        #expect(lines[2].contains("平定县人民医院,二级甲等,否,0,否,0,否,是") && lines[2].contains(",2,13.05,"))
        let columns = lines[0].split(separator: ",", omittingEmptySubsequences: false).count
        for line in lines.dropLast() {
            #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == columns)
        }
    }

    @Test(arguments: [("=SUM(A1)", "'=SUM(A1)"), ("@x", "'@x"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\"")])
    func `a name is no formula and ends no field`(_ name: String, _ expected: String) {
        #expect(SheetCSV.text(sheet([row(name)])).contains("\r\n" + expected + ","))
    }

    @Test func `the page holds no markup of a name, the sums, and both definitions of the rate`() {
        let names = SheetNames(items: ["GLU": "葡萄糖"], reasons: ["01": "病情变化"])
        let page = SheetPage.html(sheet([row("<script>医院&\"", recognised: 2, fen: 500)]), names: names)
        #expect(page.contains("&lt;script&gt;医院&amp;&quot;") && !page.contains("<script>"))
        #expect(page.contains("葡萄糖") && page.contains("病情变化") && page.contains("66.7%"))
        #expect(page.contains("（X01）") && page.contains("（X02）") && page.contains("lang=\"zh-CN\""))
        #expect(!SheetPage.html(sheet([row("a")]), names: names).contains("本期没有互认活动"))
        #expect(SheetPage.html(.empty, names: names).contains("本期没有互认活动"))
    }

    @Test(arguments: [(0, 0, "–"), (1, 3, "33.3%"), (2, 3, "66.7%"), (3, 3, "100.0%"), (1, 1_000, "0.1%")])
    func `a ratio is computed where it is shown`(_ numerator: Int, _ denominator: Int, _ text: String) {
        #expect(SheetInfo.FigureInfo(RecognitionFigure(numerator, of: denominator)).percent == text)
    }

    @Test(arguments: [Int.max, .min]) func `the greatest numbers stand in the table and in the page`(_ number: Int) {
        var row = row("a", recognised: number, fen: number)
        // Several classes in one column.
        for index in row.classes.indices {
            (row.classes[index].recognised, row.classes[index].savedFen) = (number, number)
        }
        row.retrievals = number
        row.nationalRate = SheetInfo.FigureInfo(RecognitionFigure(number, of: number))
        #expect(SheetCSV.text(sheet([row])).contains("\(number)"))
        #expect(SheetPage.html(sheet([row]), names: SheetNames(items: [:], reasons: [:])).contains("\(number)"))
    }

    @Test(arguments: [(0, "0.00"), (5, "0.05"), (104_20, "104.20"), (-7, "-0.07"), (.min, "-92233720368547758.08")])
    func `fen are shown as yuan`(_ fen: Int, _ text: String) {
        #expect(Yuan.text(fen) == text)
    }
}

extension SheetInfo {
    fileprivate static var empty: SheetInfo {
        let none = RowInfo(InstitutionStatistics(unit: "total"), unit: "total", name: "合计", grade: "", isPrivate: false)
        return SheetInfo(
            period: "2026-11", node: "shi", edition: "test", institutions: [], groups: [], total: none)
    }
}
