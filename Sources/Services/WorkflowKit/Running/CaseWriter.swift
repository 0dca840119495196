import Effects
package import Ledgers
package import Regions

/// Appends the events of a home, of the dispatcher or of whoever states one, and lets in who is to see them.
///
/// An event's header goes to its author's ancestors by its audience. Everybody else whom the table names as a reader gets it
/// by a grant, with its payload.
package struct CaseWriter<W: Workflow> {
    package let transaction: LedgerTransaction
    package let configuration: RegionConfiguration

    package init(transaction: LedgerTransaction, configuration: RegionConfiguration) {
        self.transaction = transaction
        self.configuration = configuration
    }

    private var route: CaseRoute<W> { CaseRoute(tree: transaction.tree) }

    /// Opens an attempt; by the home itself or by the dispatcher.
    ///
    /// It names no cause, only what it follows: the dispatcher's entries go to nodes that will never have the creation, and
    /// an actor's node hears of the offer before it may have the creation.
    package func open(_ number: Int, home: NodeID, of record: CaseRecord<W>, as event: W.Event) throws {
        var fields = CaseFields(id: record.id, home: home, terms: record.terms)
        fields.attempt = number
        fields.number = 1
        fields.ordinal = 1
        fields.role = home == transaction.node ? W.table.homeRole : W.table.dispatcherRole
        fields.dues = dues(of: event, fields)
        fields.follows = record.attempts.last?.last?.entry ?? record.creation?.entry
        let rule = W.table.rule(of: event)
        try transaction.append(
            EntryDraft(
                kind: rule.kind, subject: record.id.description, fields: try fields.encoded(),
                headerAudience: rule.headerAudience))
    }

    /// Appends the next event of an attempt: one that this node decides as its home, or that it states on the spot.
    @discardableResult
    package func append(
        _ event: W.Event, to attempt: CaseAttempt<W>, of record: CaseRecord<W>, _ addition: CaseAddition<W>
    ) throws -> EntryID {
        let rule = W.table.rule(of: event)
        var fields = CaseFields(
            id: record.id, home: attempt.home, terms: attempt.last?.fields.terms ?? record.terms)
        fields.attempt = attempt.number
        fields.term = attempt.term
        fields.number = rule.way == .decided ? attempt.nextNumber : max(1, attempt.nextNumber - 1)
        fields.ordinal = attempt.steps(event).count + 1
        fields.role = addition.role
        fields.actor = addition.actor
        fields.actorNode = addition.actorNode
        fields.candidates = addition.candidates
        fields.organizationUnit = addition.unit
        fields.reason = addition.reason
        fields.items = addition.items
        fields.namedTime = addition.namedTime
        fields.command = addition.command
        switch rule.handover {
        case nil: break
        case .actor: fields.nextHome = addition.actorNode
        case .target: fields.nextHome = addition.target
        }
        fields.dues = dues(of: event, fields)
        let before = attempt.last?.entry ?? (W.table.attempts == nil ? record.creation?.entry : nil)
        fields.follows = before
        let entry = try transaction.append(
            EntryDraft(
                kind: rule.kind, subject: record.id.description, causes: before.map { [$0] } ?? [],
                fields: try fields.encoded(), headerAudience: rule.headerAudience, payload: addition.payload,
                payloadAudience: rule.payloadAudience))
        try letIn(event, entry, attempt, record, fields)
        return entry
    }

    private func dues(of event: W.Event, _ fields: CaseFields<W>) -> [String: WallTime] {
        W.table.dues(startedBy: event, at: transaction.now, fields, configuration)
    }

    private func letIn(
        _ event: W.Event, _ entry: EntryID, _ attempt: CaseAttempt<W>, _ record: CaseRecord<W>, _ fields: CaseFields<W>
    ) throws {
        let rule = W.table.rule(of: event)
        let names = fields.candidates.isEmpty ? attempt.candidates : fields.candidates
        let readers = route.readers(
            of: event, fields, in: attempt, author: transaction.node,
            candidates: rule.readers.contains(.candidates) ? W.table.nodes(names, configuration) : [])
        var entries = [entry]
        if W.table.attempts != nil, fields.command == nil, let first = attempt.steps.first?.entry,
            first.author == transaction.node
        {
            entries.insert(first, at: 0)
        }
        // Who is asked anew has nothing of what was before; everybody else got it as it came.
        if W.table.attempts == nil, rule.namesTarget { entries = earlier(of: record, attempt) + entries }
        try transaction.grant(entries, to: readers)
        if rule.opensContent, let creation = record.creation, let node = fields.actorNode,
            route.holdsContent(transaction.node, of: record.id), !route.holdsContent(node, of: record.id)
        {
            try transaction.grant([creation.entry], to: [node])
        }
    }

    /// What this node may give of a case that has one course: whoever is let in needs all of it.
    private func earlier(of record: CaseRecord<W>, _ attempt: CaseAttempt<W>) -> [EntryID] {
        let creation = record.creation.map(\.entry).flatMap { entry in
            route.holdsContent(transaction.node, of: record.id) ? entry : nil
        }
        return [creation].compactMap { $0 } + attempt.steps.map(\.entry).filter { $0.author == transaction.node }
    }
}
