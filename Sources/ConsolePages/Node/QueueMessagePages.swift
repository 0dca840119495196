import Console
import ConsoleKit
import Destinations
import Effects
import ServiceKit

/// One message to a hospital's system, and what can be done about it: tried again, held, released, taken out.
enum QueueMessagePages {
    static let routes =
        [
            PageRoute(
                .get, "/queue/message", for: Roles.operators,
                asks: [DestinationEndpoints.message.description, QueueEndpoints.stuck.description]
            ) { .page(try await page($0)) },
            PageRoute(
                .post, "/queue/resend", for: Roles.operators, asks: [DestinationEndpoints.resend.description]
            ) { visit in
                _ = try await visit.ask(DestinationEndpoints.resend, choice(visit))
                return done(visit, Wording("The message goes again.", "报文已重新排队。"))
            },
            PageRoute(
                .post, "/queue/release", for: Roles.operators, asks: [DestinationEndpoints.release.description]
            ) { visit in
                _ = try await visit.ask(DestinationEndpoints.release, choice(visit))
                return done(visit, Wording("The message was released and goes.", "报文已放行，会继续发送。"))
            },
            PageRoute(
                .post, "/queue/hold", for: Roles.operators,
                asks: [
                    DestinationEndpoints.hold.description, DestinationEndpoints.message.description,
                    QueueEndpoints.stuck.description,
                ]
            ) { visit in
                try await order(
                    DestinationEndpoints.hold, "hold-reason", visit,
                    Wording("The message is held, and its patient's later ones behind it.", "报文已扣留，同一患者后面的报文在它后面等。"))
            },
            PageRoute(
                .post, "/queue/drop", for: Roles.operators,
                asks: [
                    DestinationEndpoints.drop.description, DestinationEndpoints.message.description,
                    QueueEndpoints.stuck.description,
                ]
            ) { visit in
                try await order(
                    DestinationEndpoints.drop, "drop-reason", visit, Wording("The message was dropped.", "报文已丢弃。"))
            },
        ]

    private static func choice(_ visit: PageVisit) -> DestinationEndpoints.Choice {
        .init(item: visit.request.form["item"], actor: visit.visitor.account)
    }

    /// Back to where one came from.
    private static func done(_ visit: PageVisit, _ notice: Wording) -> PageOutcome {
        let form = visit.request.form
        let address: PageAddress = form["in"] == "list" ? MessageListFilter(form).address() : "/queue"
        return .redirect(address, notice: notice)
    }

    private static func order(
        _ endpoint: Endpoint<DestinationEndpoints.Order, DestinationEndpoints.Order>, _ field: String,
        _ visit: PageVisit, _ notice: Wording
    ) async throws -> PageOutcome {
        let form = visit.request.form
        do {
            _ = try await visit.ask(
                endpoint, .init(item: form["item"], reason: form[field], actor: visit.visitor.account))
        } catch let failure as Failure where failure.code == "operator.reason" {
            let text = visit.words(
                "say in a few words why; it stays on record", "请用几个字写明原因；原因会留存")
            return .page(try await page(visit, errors: FormErrors(text, field: field)))
        }
        return done(visit, notice)
    }

    private static func page(_ visit: PageVisit, errors: FormErrors = FormErrors()) async throws -> Page {
        let form = visit.request.method == .post ? visit.request.form : visit.request.query
        let filter = MessageListFilter(form)
        let item = form["item"]
        // What is held at its source is no message yet.
        guard !item.hasPrefix("earlier/") else { return try await earlier(item, errors, visit) }
        do {
            let found = try await visit.ask(DestinationEndpoints.message, filter.look(at: item))
            return one(found, filter, isInList: form["in"] == "list", errors, visit)
        } catch let failure as Failure where failure.code == "destination.noMessage" {
            throw gone
        }
    }

    private static var gone: Failure {
        Failure(
            "page.gone", "what the page was about is not there any more", remedy: "look at the list again")
    }

    // MARK: A message

    private static func one(
        _ found: DestinationEndpoints.MessageNeighbours, _ filter: MessageListFilter, isInList: Bool,
        _ errors: FormErrors, _ visit: PageVisit
    ) -> Page {
        let words = visit.words
        let message = found.message
        var rows: [(String, HTML)] = [
            (words("Message", "报文"), "<span class=\"code\">\(message.item)</span>"),
            (words("To", "去向"), HTML(message.receiver)), (words("Kind", "种类"), HTML(message.kind)),
            (words("State", "状态"), message.state.mark.html(words, words(message.state.word))),
            (words("Why", "原因"), MessageQueuePages.reason(message, visit)),
            (words("Made", "生成于"), .each(PageVisit.time(message.madeAt)) { Moment($0).withAge(visit.scene) }),
            (words("Changed", "变更于"), .each(PageVisit.time(message.changedAt)) { Moment($0).withAge(visit.scene) }),
            (words("Tried", "试过"), HTML(words.count(message.attempts, "time", "times", "次"))),
            (words("Size", "大小"), HTML(words.bytes(message.sizeBytes))),
        ]
        if let due = PageVisit.time(message.due) {
            rows.append((words("Next try", "下次"), HTML(Moment(due).short(seenFrom: visit.now))))
        }
        if !message.controlID.isEmpty {
            rows.append(("MSH-10", "<span class=\"code\">\(message.controlID)</span>"))
        }
        if let ahead = found.ahead {
            rows.append(
                (
                    words("Waits behind", "排在其后"),
                    """
                    <a href="\(filter.address(of: ahead).text)"><span class="code">\(ahead)</span></a> \
                    <small class="note">\(words("of the same patient", "同一患者的"))</small>
                    """
                ))
        }
        var hidden = filter.hidden
        hidden["item"] = message.item
        if isInList { hidden["in"] = "list" }
        let forms = OneMessageForms(hidden: hidden, errors: errors, visit: visit)
        let neighbours = Pager(
            words("in the order of the list", "按列表顺序"), previous: found.previous.map { filter.address(of: $0) },
            next: found.next.map { filter.address(of: $0) }, isOfItems: true)
        return Page(
            words("A message", "一件报文"), eyebrow: words("Queues · a message", "队列 · 报文"),
            heading: heading(message, words), lead: HTML(consequence(message.state, words)),
            status: errors.isEmpty ? 200 : 422, stamp: .nothingDone,
            neighbours.html(in: visit.scene) + "<div class=\"confirm\">\(Pairs(rows).html(in: visit.scene))</div>"
                + forms.html(for: message.state))
    }

    private static func heading(_ message: DestinationEndpoints.QueuedMessage, _ words: Words) -> String {
        switch message.state {
        case .waiting: words("This message waits and goes by itself", "这件报文在等，会自己走")
        case .held: words("What is to become of this held message?", "这件被扣留的报文怎么办？")
        case .beside: words("What is to become of this message?", "这件报文怎么办？")
        }
    }

    private static func consequence(_ state: DestinationEndpoints.Standing, _ words: Words) -> String {
        switch state {
        case .waiting:
            words("It is tried until the hospital's system takes it.", "会一直试到医院系统接收为止。")
        case .held:
            words(
                "The same patient's later messages wait behind it until somebody decides.",
                "在有人决定之前，同一患者后面的报文都在它后面等。")
        case .beside:
            words(
                "The hospital's system said no for good, or it was too old. Later messages go on.",
                "医院系统明确不收，或者等得太久。后面的报文照常发送。")
        }
    }

    // MARK: What is held at its source

    private static func earlier(_ id: String, _ errors: FormErrors, _ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let stuck = try await visit.ask(QueueEndpoints.stuck)
        guard let item = stuck.items.first(where: { $0.item == id }) else { throw gone }
        let facts = Pairs([
            (words("Messages", "报文"), "<span class=\"code\">\(item.item)</span>"), (words("To", "去向"), HTML(item.node)),
            (words("State", "状态"), item.state.mark.html(words, words(item.state.word))),
            (words("Why", "原因"), "\(visit.said(item.reason)) <code>\(item.code)</code>"),
            (words("Way out", "出路"), HTML(visit.said(item.wayOut))),
        ])
        let forms = OneMessageForms(hidden: ["item": id], errors: errors, visit: visit)
        return Page(
            words("Decide", "处理报文"), eyebrow: words("Queues · a message", "队列 · 报文"),
            heading: words("What is to become of these messages?", "这些报文怎么办？"),
            status: errors.isEmpty ? 200 : 422, stamp: .nothingDone,
            "<div class=\"confirm\">\(facts.html(in: visit.scene))</div>" + forms.html(for: .beside))
    }
}

/// What can be done to a message where it stands; each a form of its own.
private struct OneMessageForms {
    let hidden: [String: String]
    let errors: FormErrors
    let visit: PageVisit

    private var words: Words { visit.words }

    func html(for state: DestinationEndpoints.Standing) -> HTML {
        let forms: [HTML] =
            switch state {
            case .waiting: [go("/queue/resend", words("Try it now", "现在就试")), hold, drop]
            case .held: [go("/queue/release", words("Release it", "放行")), drop]
            case .beside: [go("/queue/resend", words("Send it again", "再发一次")), drop]
            }
        return HTML(forms.map { "<div class=\"confirm block\">\($0)</div>" as HTML })
    }

    private func go(_ path: String, _ label: String) -> HTML {
        let back = PageAction.link(
            words("Back to the queue", "回到队列"),
            hidden["in"] == "list"
                ? MessageListFilter(FormData(hidden)).address() : PageAddress("/queue", fragment: "stuck"))
        return FormView(path, [], hidden: hidden, submit: label, back: back).html(in: visit.scene)
    }

    private func reason(_ name: String) -> FormField {
        FormField(
            name, words("Reason", "原因"), hint: words("kept for 200 days; name no patient", "保存 200 天；不要写患者姓名"),
            value: visit.request.form[name], isRequired: true, limit: Limits.operatorReasonCharacters)
    }

    private var hold: HTML {
        let note = words(
            "The same patient's later messages wait behind a held one.", "扣留后，同一患者后面的报文都在它后面等。")
        return "<h2>\(words("Hold it", "扣留"))</h2><p>\(note)</p>"
            + FormView(
                "/queue/hold", [reason("hold-reason")], hidden: hidden, errors: errors.only("hold-reason"),
                submit: words("Hold the message", "扣留这件报文"), style: .plain
            ).html(in: visit.scene)
    }

    private var drop: HTML {
        let warning = Banner(
            .attention, words("A dropped message is gone.", "丢弃后不能恢复。"),
            words(
                "The result itself stays where it is; only this hospital's system does not get it.",
                "结果本身还在；只是这家医院的系统收不到它。"))
        return warning.html(in: visit.scene)
            + FormView(
                "/queue/drop", [reason("drop-reason")], hidden: hidden, errors: errors.only("drop-reason"),
                submit: words("Drop this message", "丢弃这条报文"), style: .danger
            ).html(in: visit.scene)
    }
}

extension FormErrors {
    /// Those of one field.
    fileprivate func only(_ field: String) -> FormErrors {
        items.filter { $0.field == field }.reduce(into: FormErrors()) { $0.add($1.field, $1.text) }
    }
}
