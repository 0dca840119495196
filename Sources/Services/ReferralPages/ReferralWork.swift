package import ConsoleKit
import Effects
import Referral
import ServiceKit
import WorkflowKit

/// The work list of referrals, and one referral: asked, answered, admitted, handed back.
package enum ReferralWork: ServicePages {
    private static let practitioners: Set<ConsoleRole> = [.doctor, .expert]

    package static let routes = [
        PageRoute(
            .get, "/referrals", for: practitioners, menu: .init(.work, Wording("Referrals", "转诊")),
            asks: [ReferralEndpoints.cases.list.description, ReferralEndpoints.levels.description]
        ) { .page(try await list($0)) },
        PageRoute(
            .get, "/referrals/case", for: practitioners,
            asks: [
                ReferralEndpoints.cases.read.description, ReferralEndpoints.cases.forms.description,
                ReferralEndpoints.levels.description,
            ]
        ) { .page(try await ReferralPage.page($0)) },
        PageRoute(
            .get, "/referrals/new", for: [.doctor],
            asks: [ReferralEndpoints.levels.description, ReferralEndpoints.cases.forms.description]
        ) { .page(try await ReferralWriting.page($0)) },
        PageRoute(
            .post, "/referrals/new", for: [.doctor],
            asks: [
                ReferralEndpoints.levels.description, ReferralEndpoints.cases.forms.description,
                ReferralEndpoints.write.description,
            ]
        ) { try await ReferralWriting.write($0) },
        PageRoute(
            .post, "/referrals/act", for: practitioners,
            asks: [
                ReferralEndpoints.cases.act.description, ReferralEndpoints.cases.read.description,
                ReferralEndpoints.cases.forms.description, ReferralEndpoints.levels.description,
            ]
        ) { try await ReferralPage.act($0) },
    ]

    package static let needs = [
        StartNeed(Wording("referrals", "转诊"), for: practitioners, asks: [ReferralEndpoints.cases.list.description]) {
            visit in
            let words = visit.words
            let mine = try await visit.ask(ReferralEndpoints.cases.list, .init(limit: 200)).filter { referral in
                referral.isOpen && !ReferralTexts.events(of: referral, at: visit.node.id).isEmpty
            }
            let dues = mine.compactMap { $0.dues.first.flatMap { try? WallTime(text: $0.at) } }
            let late = dues.count { $0 < visit.now }
            guard !mine.isEmpty else { return [] }
            return [
                NeedsList.Item(
                    late > 0 ? .broken : .waiting,
                    words.count(
                        mine.count, "referral is up to this node", "referrals are up to this node", "份转诊等本节点处理"),
                    HTML(late > 0 ? words("\(late) of them overdue.", "其中 \(late) 份超时。") : ""),
                    action: .link(words("Look at them", "去看"), "/referrals"))
            ]
        }
    ]

    static func address(_ referral: String) -> PageAddress { PageAddress("/referrals/case", [("id", referral)]) }

    private static func list(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        _ = try visit.practitioner()
        let all = try await visit.ask(ReferralEndpoints.cases.list, .init(limit: 200))
        let levels = try await visit.ask(ReferralEndpoints.levels)
        let closed = all.filter { !$0.isOpen }.map { referral in
            Timeline.Item(
                try? WallTime(text: referral.madeAt),
                "<a href=\"\(address(referral.id).text)\">\(ReferralTexts.kind(referral.kind, levels))</a> \(words(ReferralTexts.state(referral.state)))"
            )
        }
        var page = CaseList(
            words("Referrals", "转诊"),
            lead: words(
                "Up to a hospital and back down to a township or a care home. First due first.",
                "转上到医院，转下到乡镇或养老机构。最先到期的在前。"),
            open: all.filter(\.isOpen).map { entry($0, levels, visit) }, closed: closed
        ).page(in: visit.scene)
        if visit.visitor.roles.contains(.doctor) {
            let new = PageAction.link(words("Refer a patient", "转诊一名患者"), "/referrals/new")
            page.body = "<p class=\"row\">\(new.html(in: visit.scene))</p>" + page.body
        }
        return page
    }

    private static func entry(
        _ referral: CaseInfo, _ levels: [ReferralLevelInfo], _ visit: PageVisit
    ) -> CaseList.Entry {
        let words = visit.words
        let written = (try? WallTime(text: referral.madeAt)) ?? visit.now
        let last = referral.steps.last.flatMap { try? WallTime(text: $0.at) } ?? written
        let due = referral.dues.first.flatMap { try? WallTime(text: $0.at) }
        let events = ReferralTexts.events(of: referral, at: visit.node.id)
        let timing: WorkList.Timing =
            due.map { .due($0, allowedMilliseconds: max(1, $0.milliseconds(since: last))) }
            ?? .none(words("no clock", "不计时"))
        let place = referral.candidates.first.map(visit.node.node) ?? visit.node.node(referral.home)
        let item = WorkList.Item(
            timing, of: words(ReferralTexts.state(referral.state)), .routine,
            urgencyWord: words(ReferralTexts.direction(referral.topic)), kind: place,
            title: ReferralTexts.kind(referral.kind, levels),
            address: address(referral.id),
            text: HTML(
                words(
                    "written \(Moment(written).short(seenFrom: visit.now)), term \(referral.term)",
                    "\(Moment(written).short(seenFrom: visit.now)) 写下，第 \(referral.term) 任")),
            state: HTML(
                events.isEmpty
                    ? words("up to \(place)", "等\(place)处理") : words("up to this node", "等本节点处理")),
            action: events.isEmpty
                ? nil : .link(words("Open", "打开"), address(referral.id)))
        return CaseList.Entry(item, due: due, isMine: !events.isEmpty)
    }
}
