import ConsoleKit
import Effects
import RecognitionEdge
import Regions
import ServiceKit

/// A result that was opened: what was measured, by whom, and that it is what its author sealed.
enum OpenedPage {
    static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let person = try visit.asked()
        let question = person.question
        let entry = visit.request.query["entry"]
        let result = try await visit.ask(RecordEndpoints.open, .init(entry: entry, question: question))
        try visit.keep(opened: label(result), of: person)
        let unusual = result.observations.count { !$0.flags.isEmpty && !$0.isWithdrawn }
        let heading =
            unusual == 0
            ? words("\(result.serviceName): nothing is flagged", "\(result.serviceName)：没有标记异常的")
            : words("\(result.serviceName): \(unusual) flagged", "\(result.serviceName)：\(unusual) 项标记异常")
        let proof = PageAction.link(words("Proof as a file", "下载证明"), PageAddress("/results/proof", [("entry", entry)]))
        let back = PageAction.link(words("Back to what was found", "回到查到的结果"), "/results/found")
        let cards: HTML = .when(
            !result.items.isEmpty && visit.visitor.roles.contains(.doctor),
            PageAction.link(
                words("May it be recognised?", "能否互认？"),
                PageAddress("/recognition/cards", [("codes", result.items.joined(separator: " "))])
            ).html(in: visit.scene))
        let conclusion = HTML.each(result.conclusion) { text in
            PageSection("conclusion", words("Conclusion", "结论"), "<p>\(text)</p>").html(in: visit.scene)
        }
        return Page(
            words("A result", "一份结果"), eyebrow: words("Results · opened", "结果 · 已打开"), heading: heading,
            lead: HTML(
                words(
                    "Sealed by \(visit.node.node(result.author)), answered by \(visit.node.node(result.servedBy)); seal and place were checked.",
                    "由 \(visit.node.node(result.author)) 封签，\(visit.node.node(result.servedBy)) 给出；封签和位置已核对。")),
            watermark: visit.watermark,
            visit.strip(of: question) + facts(result, visit) + table(result, visit) + conclusion
                + documents(result, visit)
                + "<p class=\"row block-s\">\(cards)\(proof.html(in: visit.scene))\(back.html(in: visit.scene))</p>")
    }

    /// As other pages of this session name it.
    private static func label(_ result: OpenedRecordInfo) -> OpenedItem {
        let time = (result.issuedTime ?? result.observedTime).flatMap { try? WallTime(text: $0) }
        return OpenedItem(
            entry: result.entry,
            label: [result.serviceName, time.map { Moment($0).day }].compactMap { $0 }.joined(separator: " "))
    }

    private static func facts(_ result: OpenedRecordInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        func moment(_ text: String?) -> HTML {
            guard let text else { return "–" }
            return (try? WallTime(text: text)).map { Moment($0).withAge(visit.scene) } ?? HTML(text)
        }
        return PageSection(
            "facts", words("The report", "报告"),
            Pairs([
                (
                    words("Patient", "患者"),
                    HTML(words.person(result.patientName, sex: result.patientSex, birthDate: result.patientBirthDate))
                ),
                (words("Issued by", "出具机构"), HTML(visit.node.unit(result.institution))),
                (words("Status", "状态"), HTML(ResultWords(words).status(result.status))),
                (words("Observed", "检查时间"), moment(result.observedTime)),
                (words("Issued", "签发"), moment(result.issuedTime)),
                (words("Order", "申请单"), HTML(result.placerOrderNumber ?? "–")),
            ]).html(in: visit.scene)
        ).html(in: visit.scene)
    }

    private static func table(_ result: OpenedRecordInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        guard !result.observations.isEmpty else { return .empty }
        let rows = result.observations.map { item -> [HTML] in
            let value: HTML =
                item.isWithdrawn
                ? StateMark.held.html(words, words("taken back", "已收回"))
                : "\(item.value)\(.when(item.isPreliminary, "<small class=\"note\">\(words("preliminary", "初步"))</small>"))"
            let flag: HTML =
                item.flags.isEmpty
                ? "" : StateMark.attention.html(words, item.flags.joined(separator: " "))
            return [
                "\(item.name)<small class=\"note code\">\(item.code)</small>", value, HTML(item.unit ?? ""),
                HTML(item.referenceRange ?? "–"), flag,
            ]
        }
        let title = words("Values", "数值")
        // Numbers are compared by their ends, sentences are read.
        let areNumbers = result.observations.allSatisfy { $0.isWithdrawn || Double($0.value) != nil }
        return PageSection(
            "values", title,
            DataTable(
                title,
                [
                    .init(words("Item", "项目")), DataTable.Column(words("Value", "结果"), isNumber: areNumbers),
                    .init(words("Unit", "单位")),
                    .init(words("Reference", "参考范围")), .init(words("Flag", "标志")),
                ], rows, hasRowHeads: true
            ).html(in: visit.scene)
        ).html(in: visit.scene)
    }

    private static func documents(_ result: OpenedRecordInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        guard !result.attachments.isEmpty else { return .empty }
        let rows = result.attachments.map { document -> [HTML] in
            [
                HTML(document.title), HTML(document.contentType), HTML(words.bytes(document.sizeBytes)),
                document.isWithdrawn ? StateMark.held.html(words, words("taken back", "已收回")) : "–",
            ]
        }
        let title = words("Documents", "文件")
        return PageSection(
            "documents", title,
            note: "<code>yilian record show</code> \(words("writes them into a folder", "可取出"))",
            DataTable(
                title,
                [
                    .init(words("Title", "名称")), .init(words("Type", "类型")), .number(words("Size", "大小")),
                    .init(words("State", "状态")),
                ], rows
            ).html(in: visit.scene)
        ).html(in: visit.scene)
    }
}
