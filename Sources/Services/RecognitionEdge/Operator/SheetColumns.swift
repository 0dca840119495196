import Effects
import Recognition
import Regions

/// The columns of the monthly table (the Liaoning form, domain §2C), the same in the page and in the CSV.
enum SheetColumns {
    struct Column: Sendable {
        var title: String
        var english: String
        var value: @Sendable (SheetInfo.RowInfo) -> String
        var isNumber = true
    }

    static var all: [Column] { head + classes + tail }

    private static let head = [
        Column(title: "机构", english: "institution", value: \.name, isNumber: false),
        Column(title: "等级", english: "grade", value: { grade($0) }, isNumber: false),
        Column(
            title: "国家级质评通过", english: "national EQA", value: { yesNo($0.nationalCertificates > 0) },
            isNumber: false),
        Column(title: "国家级项目数", english: "national items", value: { "\($0.nationalCertificates)" }),
        Column(
            title: "省级质评通过", english: "provincial EQA", value: { yesNo($0.provincialCertificates > 0) },
            isNumber: false),
        Column(title: "省级项目数", english: "provincial items", value: { "\($0.provincialCertificates)" }),
        Column(title: "影像质控通过", english: "imaging QC", value: { yesNo($0.hasImagingCertificate) }, isNumber: false),
        Column(title: "认可他院结果", english: "recognises others", value: { yesNo($0.recognisesOthers) }, isNumber: false),
    ]

    /// DR, MR, CT and laboratory as the form has them; what the form does not name, together.
    private static var classes: [Column] {
        let named: [(ExaminationClass, String, String)] = [
            (.radiography, "DR", "DR"), (.magneticResonance, "MR", "MR"), (.computedTomography, "CT", "CT"),
            (.laboratory, "检验", "laboratory"),
        ]
        let others = ExaminationClass.known.filter { known in !named.contains { $0.0 == known } }
        return named.flatMap { columns([$0.0], $0.1, $0.2) } + columns(others, "其他", "other")
    }

    private static func columns(_ classes: [ExaminationClass], _ title: String, _ english: String) -> [Column] {
        let names = Set(classes.map(\.rawValue))
        return [
            Column(title: "\(title)互认数", english: "\(english) recognised") { row in
                "\(sum(of: \.recognised, in: row, names))"
            },
            Column(title: "\(title)节约（元）", english: "\(english) saved (yuan)") { row in
                Yuan.text(sum(of: \.savedFen, in: row, names))
            },
        ]
    }

    /// A sum of what other nodes wrote: it stops at the greatest number.
    static func sum(
        of value: KeyPath<SheetInfo.ClassInfo, Int>, in row: SheetInfo.RowInfo, _ names: Set<String>
    ) -> Int {
        row.classes.filter { names.contains($0.examinationClass) }
            .reduce(0) { $0.addingSaturated($1[keyPath: value]) }
    }

    private static let tail = [
        Column(title: "互认合计", english: "recognised", value: { "\($0.recognised)" }),
        Column(title: "节约合计（元）", english: "saved (yuan)", value: { Yuan.text($0.savedFen) }),
        Column(title: "调阅次数", english: "retrievals", value: { "\($0.retrievals)" }),
        Column(
            title: "互认率（国家口径）", english: "rate X01",
            value: { "\($0.nationalRate.numerator)/\($0.nationalRate.denominator)" }),
        Column(title: "互认率（国家口径）%", english: "rate X01 %", value: \.nationalRate.percent),
        Column(
            title: "互认率（开单口径）", english: "rate X02",
            value: { "\($0.orderRate.numerator)/\($0.orderRate.denominator)" }),
        Column(title: "互认率（开单口径）%", english: "rate X02 %", value: \.orderRate.percent),
        Column(
            title: "重复检查率", english: "repeat rate X07",
            value: { "\($0.repeatRate.numerator)/\($0.repeatRate.denominator)" }),
        Column(
            title: "匹配覆盖率", english: "coverage X09",
            value: { "\($0.matchCoverage.numerator)/\($0.matchCoverage.denominator)" }),
        Column(
            title: "过期占比", english: "expired X10",
            value: { "\($0.expiredShare.numerator)/\($0.expiredShare.denominator)" }),
        Column(
            title: "标识覆盖率", english: "mark coverage X20",
            value: { "\($0.markCoverage.numerator)/\($0.markCoverage.denominator)" }),
    ]

    private static func grade(_ row: SheetInfo.RowInfo) -> String {
        let name = InstitutionGrade(rawValue: row.grade)?.chineseName ?? ""
        return name + (row.isPrivate ? "（民营）" : "")
    }

    private static func yesNo(_ value: Bool) -> String { value ? "是" : "否" }
}

/// The monthly table as CSV (RFC 4180): a byte order mark, so that spreadsheets read the Chinese, CRLF, two head lines.
package enum SheetCSV {
    package static func text(_ sheet: SheetInfo) -> String {
        let columns = SheetColumns.all
        var lines = [columns.map(\.title), columns.map(\.english)]
        for row in sheet.institutions + sheet.groups + [sheet.total] { lines.append(columns.map { $0.value(row) }) }
        return "\u{FEFF}" + lines.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A name that begins like a formula must not become one in a spreadsheet.
    private static func field(_ text: String) -> String {
        let isFormula = text.first.map { "=+@\t\r".contains($0) || $0 == "-" && Double(text) == nil } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { ",\"\r\n".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
