import Console
import ConsoleKit
import Effects
import ServiceKit

/// What somebody opened themselves, from this node: the auditor sees the same.
enum OwnAccessPage {
    static let route = PageRoute(
        .get, "/accesses", for: [.doctor, .expert], menu: .init(.people, Wording("My accesses", "我的调阅记录")),
        asks: [AuditEndpoints.own.description]
    ) { .page(try await page($0)) }

    private static let shown: UInt32 = 100

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let before = visit.request.query["before"]
        let listing = try await visit.ask(
            AuditEndpoints.own,
            .init(
                practitioner: try visit.practitioner(), unit: visit.visitor.unit, to: before.isEmpty ? nil : before,
                limit: shown))
        let broken = listing.records.count { $0.breakGlassReason != nil }
        let body: HTML =
            listing.records.isEmpty
            ? EmptyState(
                words("You have looked at nobody", "您没有查看过任何人"),
                words("What you open stands here, and the auditor sees the same.", "您打开的都会列在这里，审计员看到的相同。")
            ).html(in: visit.scene)
            : AuditPages.table(listing, visit)
        let older =
            listing.isTruncated ? listing.records.last.map { PageAddress("/accesses", [("before", $0.at)]) } : nil
        let pager: HTML = .when(
            older != nil || !before.isEmpty,
            Pager(
                words.count(listing.records.count, "access", "accesses", "次"),
                previous: before.isEmpty ? nil : "/accesses", next: older
            ).html(in: visit.scene))
        return Page(
            words("My accesses", "我的调阅记录"),
            heading: broken == 0
                ? words(
                    "\(listing.records.count) accesses in your name, none without consent",
                    "以您的名义调阅 \(listing.records.count) 次，没有紧急打开")
                : words(
                    "\(listing.records.count) accesses in your name, \(broken) without consent",
                    "以您的名义调阅 \(listing.records.count) 次，其中 \(broken) 次是紧急打开"),
            lead: HTML(
                words(
                    "Whom they were about stands in no list: nobody reads here who was a patient. Is one not yours? Tell the auditor.",
                    "是关于谁的不在任何列表里：这里看不出谁是患者。有不是您做的？请告诉审计员。")),
            .live("accesses", body) + pager)
    }
}
