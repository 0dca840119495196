import ConsoleKit
import Effects
import RecognitionEdge

/// The certificates behind the marks of mutual recognition: whose, of what, until when.
enum QualityPage {
    static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let all = try await visit.ask(SheetEndpoints.certificates)
        let terms = try await visit.ask(RecognitionEndpoints.terms)
        let title = words("Certificates of quality", "质评证书")
        guard !all.isEmpty else {
            let empty = EmptyState(
                words("No certificate has come here", "还没有质评证书"),
                words("The dispatcher publishes them for the whole region.", "由调度节点向全区域发布。"))
            return Page(title, heading: words("No certificates yet", "还没有质评证书"), empty.html(in: visit.scene))
        }
        let standing = all.count { $0.isInForce == true }
        let rows = all.sorted { ($0.unit, $0.number) < ($1.unit, $1.number) }.map { certificate -> [HTML] in
            let item = certificate.item.map { code in
                terms.items.first { $0.code == code }.map { words($0.englishName, $0.name) } ?? code
            }
            let covers = item ?? (certificate.classes ?? []).joined(separator: words(", ", "、"))
            let mark =
                certificate.isInForce == true
                ? StateMark.ok.html(words, words("in force", "有效"))
                : StateMark.stale.html(words, words("not in force", "不在有效期"))
            return [
                "<span class=\"code\">\(certificate.number)</span>", HTML(visit.node.unit(certificate.unit)),
                HTML(covers.isEmpty ? "–" : covers), "<span class=\"code\">\(certificate.scope)</span>",
                "<span class=\"num\">\(day(certificate.from)) – \(day(certificate.to))</span>", mark,
                HTML(certificate.programme),
            ]
        }
        let table = DataTable(
            title,
            [
                .init(words("Number", "编号")), .init(words("Of", "机构")), .init(words("Covers", "项目")),
                .init(words("Mark", "互认标识")), .init(words("Time", "有效期")), .init(words("State", "状态")),
                .init(words("Programme", "质评计划")),
            ], rows, hasRowHeads: true)
        return Page(
            title,
            heading: words("\(standing) of \(all.count) are in force", "\(all.count) 份中 \(standing) 份有效"),
            lead: HTML(
                words(
                    "A mark on a report counts only where such a certificate was in force at the report's time.",
                    "报告上的互认标识，只有出报告时证书有效才算数。")),
            .live("certificates", table.html(in: visit.scene)))
    }

    private static func day(_ text: String) -> String { (try? WallTime(text: text)).map { Moment($0).day } ?? text }
}
