package import ConsoleKit
import Effects
import Identity
import ServiceKit

/// Who is who: the numbers under which a person is known here, on which evidence, and the two things that somebody who has
/// met the person may write about them.
///
/// Practitioners look; doctors link and separate. Each is an access with a purpose and a ground, and the log shows auditors
/// who did it, without a number.
package enum IdentityWork: ServicePages {
    private static let practitioners: Set<ConsoleRole> = [.doctor, .expert]
    private static let doctors: Set<ConsoleRole> = [.doctor]

    package static let routes = [
        PageRoute(.get, "/identity", for: practitioners, menu: .init(.work, Wording("Who is who", "身份识别"))) {
            .page(search($0))
        },
        PageRoute(.post, "/identity", for: practitioners) { visit in
            let form = PersonForm(visit, takesAnyNumber: true)
            guard form.errors.isEmpty else { return .page(search(visit, errors: form.errors)) }
            try visit.keep(asked: try form.question())
            return .redirect("/identity/person")
        },
        PageRoute(.get, "/identity/person", for: practitioners, asks: [IdentityEndpoints.show.description]) {
            .page(try await IdentityPerson.page($0))
        },
        PageRoute(
            .post, "/identity/link", for: doctors,
            asks: [IdentityEndpoints.link.description, IdentityEndpoints.show.description]
        ) { try await link($0) },
        PageRoute(
            .post, "/identity/separate", for: doctors,
            asks: [IdentityEndpoints.separate.description, IdentityEndpoints.show.description]
        ) { try await separate($0) },
        PageRoute(
            .get, "/identity/log", for: [.auditor], menu: .init(.people, Wording("Links of identities", "身份关联记录")),
            asks: [IdentityEndpoints.log.description]
        ) { .page(try await log($0)) },
    ]

    private static let logLines: UInt32 = 200

    private static func search(_ visit: PageVisit, errors: FormErrors = FormErrors()) -> Page {
        let words = visit.words
        let view = FormView(
            "/identity", PersonForm(visit, takesAnyNumber: true).fields, errors: errors,
            submit: words("Look the person up", "查此人"))
        return Page(
            words("Who is who", "身份识别"), heading: words("Whose numbers, and why?", "查谁的号码，为什么？"),
            lead: HTML(
                words(
                    "Numbers in clear are shown as far as they lie at this node. Each look is recorded under your name.",
                    "明文号码只显示本节点所有的。每次查看都以您的名义记录。")),
            status: errors.isEmpty ? 200 : 422, stamp: .nothingDone, view.html(in: visit.scene))
    }

    // MARK: What is written

    private static func link(_ visit: PageVisit) async throws -> PageOutcome {
        let (words, form) = (visit.words, visit.request.form)
        let person = try visit.askedAsShown()
        var errors = FormErrors()
        NumberField(words).check("link-", form, visit.now, &errors)
        if form["evidence"].isEmpty { errors.add("evidence", words("choose the evidence", "请选择依据")) }
        guard errors.isEmpty else { return .page(try await IdentityPerson.page(visit, errors: errors, of: .link)) }
        let overrules = form.all("overrules")
        let receipt = try await visit.ask(
            IdentityEndpoints.link,
            .init(
                question: person.question, others: [NumberField(words).identifier("link-", form)],
                evidence: form["evidence"], reference: form["reference"].isEmpty ? nil : form["reference"],
                overrules: overrules.isEmpty ? nil : overrules))
        let here =
            receipt.isHereOnly == true
            ? Wording(
                "Written; it counts at this node alone until the unit has reported under these numbers.",
                "已写下；在机构以这些号码上报之前，仅在本节点有效。")
            : Wording("It is written that these numbers are one person's.", "已写下：这些号码属于同一个人。")
        return .redirect(
            "/identity/person", notice: receipt.isNew ? here : Wording("It stood there already.", "此前已有这条关联。"))
    }

    private static func separate(_ visit: PageVisit) async throws -> PageOutcome {
        let (words, form) = (visit.words, visit.request.form)
        let person = try visit.askedAsShown()
        var errors = FormErrors()
        let known = try IdentityPerson.kept(of: person, visit)
        let chosen = Int(form["apart"]).flatMap { known.indices.contains($0) ? known[$0] : nil }
        let typed = form["from-number"].isEmpty ? nil : NumberField(words).identifier("from-", form)
        if typed != nil { NumberField(words).check("from-", form, visit.now, &errors) }
        if chosen == nil, typed == nil {
            errors.add("apart", words("choose or write the number that is another person's", "请选择或填写属于另一个人的号码"))
        }
        if form["why"].isEmpty { errors.add("why", words("say why", "请写理由")) }
        guard let other = typed ?? chosen, errors.isEmpty else {
            return .page(try await IdentityPerson.page(visit, errors: errors, of: .separation))
        }
        let links = form.all("links")
        let receipt = try await visit.ask(
            IdentityEndpoints.separate,
            .init(
                question: person.question, from: [other], links: links.isEmpty ? nil : links, reason: form["why"]))
        let done = Wording(
            "It is written that they are two persons; \(receipt.undone.count) links are undone.",
            "已写下：他们是两个人；撤销了 \(receipt.undone.count) 条关联。")
        let joined = Wording(
            "They are still joined by \(receipt.stillJoinedBy.count) links: choose the wrong ones and separate again.",
            "仍有 \(receipt.stillJoinedBy.count) 条关联使二者相连：请选中错误的关联再次拆分。")
        return .redirect("/identity/person", notice: receipt.stillJoinedBy.isEmpty ? done : joined)
    }

    // MARK: The log

    private static func log(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let records = try await visit.ask(IdentityEndpoints.log, .init(limit: logLines))
        let title = words("Links of identities", "身份关联记录")
        let body: HTML =
            records.isEmpty
            ? EmptyState(
                words("Nobody was linked or separated", "没有关联或拆分"),
                words("Reports that name several numbers join them without an entry.", "同时写有几个号码的报告会使它们相连，不另记条目。")
            ).html(in: visit.scene)
            : IdentityPerson.table(records, title, visit)
        let standing = records.count(where: \.isStanding)
        return Page(
            title,
            heading: words(
                "\(records.count) links and separations, \(standing) of them stand",
                "\(records.count) 条关联和拆分，其中 \(standing) 条有效"),
            lead: HTML(words("Who found it, on which evidence; no number stands here.", "由谁认定、依据什么；这里没有号码。")),
            .live("log", body))
    }
}
