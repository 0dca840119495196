import Console
import ConsoleKit
import Effects
import ServiceKit

/// When the node's certificate and its ledger key run out, and how the next ones are made.
enum CertificatePage {
    static let route = PageRoute(
        .get, "/certificates", for: Roles.certificates, menu: .init(.node, Wording("Certificates and keys", "证书与密钥")),
        asks: [NodeEndpoints.status.description, RegionEndpoints.show.description]
    ) { .page(try await page($0)) }

    private static let warningDays: Int64 = 30

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let status = try await visit.ask(NodeEndpoints.status)
        let region = try await visit.ask(RegionEndpoints.show)
        let ends = [
            (words("TLS certificate", "TLS 证书"), PageVisit.time(status.certificateExpiresAt)),
            (words("Ledger key", "账本密钥"), PageVisit.time(status.ledgerKeyEndsAt)),
        ]
        let first = ends.compactMap(\.1).min()
        let heading =
            first.map { end in
                let days = end.milliseconds(since: visit.now) / 86_400_000
                return end < visit.now
                    ? words("Something has run out", "有已到期的")
                    : words("Nothing runs out in the next \(days) days", "\(days) 天内没有到期的")
            } ?? words("Nothing has an end that is known", "没有已知的到期日")
        let rows = ends.map { name, end -> [HTML] in
            guard let end else { return [HTML(name), HTML(words("no end", "没有期限")), StateMark.ok.html(words)] }
            let days = end.milliseconds(since: visit.now) / 86_400_000
            let mark: StateMark = days < 0 ? .broken : days < warningDays ? .attention : .ok
            return [HTML(name), HTML(Moment(end).full), mark.html(words, words("\(days) days", "还有 \(days) 天"))]
        }
        let table = DataTable(
            words("What runs out", "到期日"),
            [.init(words("What", "内容")), .init(words("Ends", "到期")), .init(words("State", "状态"))], rows,
            hasRowHeads: true)
        return Page(
            words("Certificates and keys", "证书与密钥"), heading: heading,
            table.html(in: visit.scene) + keyless(region, visit) + renewing(status.node, visit))
    }

    /// Nodes to which the configuration binds no key that holds now: nothing of them is believed.
    private static func keyless(_ region: RegionInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let nodes = region.nodes.filter { $0.ledgerKeys == 0 }
        guard !nodes.isEmpty else { return .empty }
        let names = nodes.map(\.name).joined(separator: words(", ", "、"))
        return Banner(
            .broken, words("No key of these nodes holds now", "以下节点现在没有有效密钥"),
            words("\(names): nothing that they write is believed", "\(names)：它们写的内容不被接受")
        ).html(in: visit.scene)
    }

    private static func renewing(_ node: String, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let steps: [HTML] = [
            "\(words("In the authority's folder:", "在签发机构的目录里：")) <code>yilian cert renew DIR \(node)</code>",
            HTML(words("Bring tls.crt and tls.key into the node's data folder.", "把 tls.crt 和 tls.key 放进节点的数据目录。")),
            "\(words("Load them without a stop:", "不停机加载：")) <code>systemctl reload</code>\(words(" (SIGHUP)", "（SIGHUP）"))",
            "\(words("For another ledger key add", "要换账本密钥，加上")) <code>--new-ledger-key</code>\(words(" and publish the region's configuration.", "，并发布区域配置。"))",
        ]
        return PageSection(
            "renew", words("How to renew", "怎样续签"), Timeline(steps.map { .init(nil, $0) }).html(in: visit.scene)
        ).html(in: visit.scene)
    }
}
