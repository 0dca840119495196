package import ConsoleKit
import Effects
import RecognitionEdge
import ServiceKit

/// A person's results for a practitioner: asked for with a purpose and a ground, found, opened, proved.
///
/// Whom somebody asks for stands in the session; addresses name results alone.
package enum RecordPages: ServicePages {
    private static let practitioners: Set<ConsoleRole> = [.doctor, .expert]

    package static let routes = [
        PageRoute(.get, "/results", for: practitioners, menu: .init(.work, Wording("Results", "结果"))) {
            .page(RecordSearch.page($0))
        },
        PageRoute(.post, "/results", for: practitioners) { try RecordSearch.keep($0) },
        PageRoute(
            .get, "/results/found", for: practitioners, asks: [RecordEndpoints.find.description]
        ) { .page(try await found($0)) },
        PageRoute(.get, "/results/one", for: practitioners, asks: [RecordEndpoints.open.description]) {
            .page(try await OpenedPage.page($0))
        },
        PageRoute(.get, "/results/proof", for: practitioners, asks: [RecordEndpoints.export.description]) { visit in
            let opening = RecordOpening(
                entry: visit.request.query["entry"], question: try visit.asked().question)
            return .file(
                name: "result.yilian", type: "application/octet-stream",
                try await visit.ask(RecordEndpoints.export, opening))
        },
    ]

    private static func found(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let question = try visit.asked().question
        let findings = try await visit.ask(RecordEndpoints.find, question)
        let usable = findings.records.count { $0.isRecognisable }
        let heading =
            findings.records.isEmpty
            ? words("No results of this person were found", "查不到这个人的结果")
            : words(
                "\(findings.records.count) results, \(usable) recognisable",
                "查到 \(findings.records.count) 份结果，\(usable) 份可互认")
        var banners: [Banner] = []
        if !findings.unreached.isEmpty {
            let names = findings.unreached.map { visit.node.node($0.node) }.joined(separator: words(", ", "、"))
            banners.append(
                Banner(
                    .stale, words("Not everybody could be asked", "有节点没有问到"),
                    words("\(names) did not answer; newer results may be there.", "\(names) 没有应答；那里可能有更新的结果。")))
        }
        let body: HTML =
            findings.records.isEmpty
            ? EmptyState(
                words("Nothing there", "没有"),
                words(
                    "Asked: \(findings.asked.map(visit.node.node).joined(separator: ", ")).",
                    "已问：\(findings.asked.map(visit.node.node).joined(separator: "、"))。"),
                action: .link(words("Ask for somebody else", "查另一个人"), "/results")
            ).html(in: visit.scene)
            : table(findings, visit)
        return Page(
            words("Results", "结果"), eyebrow: words("Results · found", "结果 · 查到"), heading: heading,
            lead: HTML(
                words(
                    "Asked: \(findings.asked.map(visit.node.node).joined(separator: ", ")). Values are seen after opening, and opening is on record.",
                    "已问：\(findings.asked.map(visit.node.node).joined(separator: "、"))。打开后才看得到数值，打开会记录。")),
            banners: banners,
            watermark: visit.watermark, visit.strip(of: question) + body)
    }

    private static func table(_ findings: RecordFindings, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let rows = findings.records.map { record -> [HTML] in
            let mark: StateMark = record.isVoid ? .broken : record.isRecognisable ? .ok : .attention
            let word =
                record.isVoid
                ? words("voided", "已作废")
                : record.isRecognisable
                    ? words("recognisable", "可互认") : words("for the doctor to judge", "由医师判断")
            let open = PageAction.link(
                words("Open", "打开"), PageAddress("/results/one", [("entry", record.entry)]), isSmall: true)
            let moment = (record.observedTime ?? record.issuedTime).flatMap { try? WallTime(text: $0) }
            let time: HTML =
                moment.map { Moment($0).withAge(visit.scene) } ?? HTML(record.observedTime ?? record.issuedTime ?? "–")
            return [
                "\(record.serviceName)<small class=\"note code\">\(record.serviceCode)</small>", time,
                HTML(visit.node.unit(record.institution)), mark.html(words, word),
                HTML(
                    words(
                        "\(record.version) of \(record.versionCount)",
                        "第 \(record.version) 版，共 \(record.versionCount) 版")),
                open.html(in: visit.scene),
            ]
        }
        let title = words("Results", "结果")
        let more: HTML = .when(
            findings.isTruncated,
            "<p class=\"note\">\(words("There are more: the newest are shown.", "还有更多：显示最新的。"))</p>")
        return DataTable(
            title,
            [
                .init(words("Examination", "项目")), .init(words("Observed", "检查时间")), .init(words("By", "出具机构")),
                .init(words("State", "状态")), .init(words("Version", "版本")), .init(words("Action", "动作")),
            ], rows, hasRowHeads: true
        ).html(in: visit.scene) + more
    }
}
