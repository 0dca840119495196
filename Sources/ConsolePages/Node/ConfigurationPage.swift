import Console
import ConsoleKit
import Effects
import ServiceKit

/// The region's configuration in force, and the one that waits.
enum ConfigurationPage {
    static let route = PageRoute(
        .get, "/configuration", for: Roles.keepers, menu: .init(.node, Wording("Configuration", "配置")),
        asks: [RegionEndpoints.show.description, RegionEndpoints.changes.description]
    ) { .page(try await page($0)) }

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let region = try await visit.ask(RegionEndpoints.show)
        let changes = try await visit.ask(RegionEndpoints.changes)
        var banners: [Banner] = []
        if let waiting = region.waitingVersion, let until = PageVisit.time(region.waitingUntil) {
            banners.append(
                Banner(
                    .waiting, words("Version \(waiting) waits", "第 \(waiting) 版在等"),
                    words("until \(Moment(until).full); it holds by itself then", "到 \(Moment(until).full) 自动生效")))
        }
        let facts = Pairs([
            (words("Region", "区域"), "\(region.name) <code>\(region.region)</code>"),
            (words("Cryptography", "密码算法"), HTML(region.suite == "sm2" ? "SM2 / SM3" : "Ed25519 / SHA-256")),
            (words("Valid from", "生效"), .each(PageVisit.time(region.validFrom)) { Moment($0).withAge(visit.scene) }),
            (
                words("Taken here", "本节点接受"),
                .each(PageVisit.time(region.acceptedAt)) { Moment($0).withAge(visit.scene) }
            ),
            (words("Revoked certificates", "吊销的证书"), HTML(words.grouped(region.revokedCertificates))),
            (
                words("Patient key epochs", "患者键纪元"),
                HTML(region.patientKeyEpochs.map(String.init).joined(separator: ", "))
            ),
        ])
        let sections = region.sections.map { section -> [HTML] in
            [
                HTML(section.name),
                HTML(
                    section.figures.sorted { $0.key < $1.key }.map { "\($0.key) \(words.grouped($0.value))" }.joined(
                        separator: words(", ", "，"))),
            ]
        }
        return Page(
            words("Configuration", "配置"),
            heading: words("Version \(region.version) is in force", "第 \(region.version) 版生效中"),
            lead: HTML(
                words("It is signed; a node takes no older one and none of another key.", "配置有签名；旧版和别的密钥签的都不接受。")),
            banners: banners,
            facts.html(in: visit.scene) + ConfigurationChanges(changes, visit).html + nodes(region, visit)
                + units(region, visit)
                + HTML.when(
                    !sections.isEmpty,
                    PageSection(
                        "sections", words("Of services", "各业务的部分"),
                        DataTable(
                            words("Of services", "各业务的部分"),
                            [.init(words("Section", "部分")), .init(words("Holds", "内容"))], sections
                        ).html(in: visit.scene)
                    ).html(in: visit.scene)))
    }

    private static func nodes(_ region: RegionInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let columns: [DataTable.Column] = [
            .init(words("Node", "节点")), .init(words("Tier", "层级")), .init(words("Parent", "上级")),
            .init(words("Addresses", "地址")), .number(words("Ledger keys", "账本密钥")),
        ]
        let rows = region.nodes.map { node -> [HTML] in
            let keys: HTML = node.ledgerKeys == 0 ? StateMark.broken.html(words, "0") : HTML("\(node.ledgerKeys)")
            return [
                "\(node.name)<small class=\"note code\">\(node.id)</small>", HTML(node.tier), HTML(node.parent ?? "–"),
                HTML(node.addresses.joined(separator: ", ")), keys,
            ]
        }
        let title = words("Nodes", "节点")
        return PageSection(
            "nodes", title, note: HTML(words.grouped(region.nodes.count)),
            DataTable(title, columns, rows, hasRowHeads: true).html(in: visit.scene)
        ).html(in: visit.scene)
    }

    private static let unitsShown = 200

    private static func units(_ region: RegionInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let columns: [DataTable.Column] = [
            .init(words("Unit", "机构")), .init(words("Kind", "类别")), .init(words("Delivers to", "归属节点")),
            .init(words("Grade", "等级")),
        ]
        let rows = region.units.prefix(unitsShown).map { unit -> [HTML] in
            [
                "\(unit.name)<small class=\"note code\">\(unit.id) \(unit.institution ?? "")</small>", HTML(unit.kind),
                HTML(unit.node),
                HTML(unit.grade ?? "–"),
            ]
        }
        let title = words("Units", "机构")
        let more: HTML = .when(
            region.units.count > unitsShown,
            "<p class=\"note\">\(words("The first \(unitsShown) of \(region.units.count).", "共 \(region.units.count) 个，显示前 \(unitsShown) 个。"))</p>"
        )
        return PageSection(
            "units", title, note: HTML(words.grouped(region.units.count)),
            DataTable(title, columns, Array(rows), hasRowHeads: true).html(in: visit.scene) + more
        ).html(in: visit.scene)
    }
}
