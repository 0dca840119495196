import Console
import ConsoleKit
import Effects
import ServiceKit

/// The backups of the node: when the last one was made, where they lie, whether they are sound, and what a restore needs.
enum BackupPages {
    static let routes = [
        PageRoute(
            .get, "/backups", for: Roles.keepers, menu: .init(.node, Wording("Backups", "备份")),
            asks: [BackupEndpoints.list.description]
        ) { .page(try await page($0)) },
        PageRoute(.post, "/backups/make", for: Roles.operators, asks: [BackupEndpoints.create.description]) { visit in
            let info = try await visit.ask(BackupEndpoints.create, .init(actor: visit.visitor.account))
            return .redirect("/backups", notice: notice(info))
        },
        PageRoute(.post, "/backups/verify", for: Roles.operators, asks: [BackupEndpoints.verify.description]) { visit in
            let info = try await visit.ask(BackupEndpoints.verify, .init(name: visit.request.form["name"]))
            return .redirect("/backups", notice: notice(info))
        },
    ]

    private static func notice(_ info: BackupInfo) -> Wording {
        info.check?.isSound == true
            ? Wording("\(info.name) is there and sound.", "\(info.name) 已在盘上，完好。")
            : Wording("\(info.name) is not sound: see below.", "\(info.name) 已损坏：见下。")
    }

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let listing = try await visit.ask(BackupEndpoints.list)
        let title = words("Backups", "备份")
        let newest = listing.backups.first { $0.madeAt != nil }
        let made = PageVisit.time(newest?.madeAt)
        let heading: String
        if let made {
            let age = words.span(seconds: max(0, visit.now.milliseconds(since: made) / 1_000))
            heading = words("The last backup was made \(age) ago", "最近一次备份在 \(age)前")
        } else {
            heading = words("No backup has been made here", "还没有做过备份")
        }
        let bad = listing.backups.count { $0.check?.isSound == false || $0.madeAt == nil }
        let banners =
            bad == 0
            ? []
            : [
                Banner(
                    .broken, words("\(bad) of them are not sound.", "其中 \(bad) 份已损坏。"),
                    words("Do not count on them; make a new one.", "不要指望它们；请再做一份。"))
            ]
        let isOperator = visit.visitor.roles.contains(.operator)
        return Page(
            title, heading: heading,
            lead: HTML(
                words(
                    "They lie in \(listing.folder) on the node's machine; the last \(listing.kept) are kept.",
                    "放在节点机器的 \(listing.folder)；保留最近 \(listing.kept) 份。")),
            banners: banners,
            .when(isOperator, making(visit)) + table(listing, isOperator: isOperator, visit) + restoring(newest, visit))
    }

    private static func making(_ visit: PageVisit) -> HTML {
        let words = visit.words
        let make = PageAction(words("Make a backup now", "现在做一份备份"), .post("/backups/make", [:]), style: .primary)
        let note = words(
            "The node works on meanwhile. A large ledger takes minutes; the page comes when it is done.",
            "期间节点照常工作。账本大时要几分钟；做完后页面才出来。")
        return "<div class=\"block-s\">\(make.html(in: visit.scene))<p class=\"note\">\(note)</p></div>"
    }

    private static func table(_ listing: BackupListing, isOperator: Bool, _ visit: PageVisit) -> HTML {
        let words = visit.words
        guard !listing.backups.isEmpty else {
            return EmptyState(
                words("No backup yet", "还没有备份"),
                words(
                    "What a lost disk held of others comes back from the parent; what only this node has does not.",
                    "磁盘损坏时，上级有的内容能取回；只在本节点的内容取不回。")
            ).html(in: visit.scene)
        }
        var columns: [DataTable.Column] = [
            .init(words("Backup", "备份")), DataTable.Column(words("Made", "做于"), sorted: .descending),
            .number(words("Size", "大小")), .init(words("Release", "版本")), .init(words("Verified", "核验")),
        ]
        if isOperator { columns.append(.init(words("Action", "动作"))) }
        let rows = listing.backups.map { info -> [HTML] in
            var row: [HTML] = [
                "<span class=\"code\">\(info.name)</span>",
                PageVisit.time(info.madeAt).map { Moment($0).withAge(visit.scene) } ?? "–",
                info.madeAt == nil ? "–" : HTML(words.bytes(info.sizeBytes)), HTML(info.release ?? "–"),
                standing(info, visit),
            ]
            if isOperator {
                let again = PageAction(
                    words("Verify again", "再核验"), .post("/backups/verify", ["name": info.name]), isSmall: true)
                row.append(info.madeAt == nil ? "–" : again.html(in: visit.scene))
            }
            return row
        }
        return PageSection(
            "backups", words("What there is", "已有的备份"),
            DataTable(words("Backups", "备份"), columns, rows, hasRowHeads: true).html(in: visit.scene)
        ).html(in: visit.scene)
    }

    private static func standing(_ info: BackupInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        guard info.madeAt != nil else {
            return StateMark.broken.html(words, words("its list cannot be read", "清单无法读取"))
        }
        guard let check = info.check else {
            return StateMark.unknown.html(words, words("not verified", "未核验"))
        }
        let age: HTML = .each(PageVisit.time(check.at)) { Moment($0).age(visit.scene) }
        let problems = check.problems.prefix(3).map { "<small class=\"note\">\(visit.said($0))</small>" as HTML }
        return check.isSound
            ? "\(StateMark.ok.html(words, words("sound", "完好"))) <small class=\"note\">\(age)</small>"
            : "\(StateMark.broken.html(words, words("not sound", "已损坏")))\(problems)"
    }

    private static func restoring(_ newest: BackupInfo?, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let path = newest?.path ?? "BACKUP"
        let steps: [HTML] = [
            HTML(
                words(
                    "the backup's folder, brought to the node's machine", "备份的文件夹，拿到节点的机器上")),
            HTML(
                words(
                    "the node's keys, which no backup holds: ledger.key, box.key, tls.key, tls.crt, ca.crt, region.pub; keep a copy of them elsewhere",
                    "节点的密钥（备份从不含密钥）：ledger.key、box.key、tls.key、tls.crt、ca.crt、region.pub；请另存一份")),
            HTML(words("the node's file, and a program of the same release or a newer one", "节点文件，以及同版本或更新的程序")),
            "\(words("the node stopped; then:", "停止节点；然后：")) <code>yilian backup restore \(path) --data DIR</code>",
        ]
        let list: HTML = "<ol>\(steps.map { "<li>\($0)</li>" as HTML })</ol>"
        let note = words(
            "a copy of the ledger holds patients' data: keep it where only this node's user can read",
            "账本的副本含有患者数据：请放在只有本节点用户能读的地方")
        return PageSection("restore", words("What a restore needs", "恢复需要什么"), note: HTML(note), list)
            .html(in: visit.scene)
    }
}
