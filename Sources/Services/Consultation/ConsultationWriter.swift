import Effects
import Ledgers
import Regions

/// Appends the events of a home or the dispatcher, and lets in who is to see them.
///
/// An event's header goes to the home's ancestors by its audience. The requester's node is a child, often of somebody
/// else: it gets each event by a grant, and so do the nodes of the experts to whom the attempt was offered. A report's
/// text goes to the requester's node, its county group (where that is not the home) and the reporting expert's node only.
struct ConsultationWriter {
    let transaction: LedgerTransaction
    let configuration: RegionConfiguration

    /// What an event adds to the fields that follow from the record.
    struct Addition {
        var actor = ""
        var actorNode: NodeID?
        var deadline: WallTime?
        var offeredTo: [String] = []
        var reason: EscalationReason?
        var reportVersion = 0
        var payload: [UInt8]?
        var command: SignedCommand?
    }

    /// Opens an attempt; by the home itself or by the dispatcher.
    ///
    /// It names no cause, only what it follows: the dispatcher's entries go to nodes that will never have the request,
    /// and an expert's node hears of the offer before it may have the request.
    func open(_ number: Int, home: NodeID, of record: ConsultationRecord) throws {
        var fields = ConsultationFields(request: record.id, home: home, terms: record.terms)
        fields.attempt = number
        fields.number = 1
        fields.deadline = record.terms.claimDeadline(from: transaction.now)
        fields.follows = record.attempts.last?.last?.entry ?? record.request?.entry
        try transaction.append(
            EntryDraft(
                kind: .consultationOpened, subject: record.id.description, fields: try fields.encoded(),
                headerAudience: .region))
    }

    /// Appends the next event of an attempt whose home this node is.
    @discardableResult
    func append(
        _ event: ConsultationEvent, to attempt: ConsultationAttempt, of record: ConsultationRecord,
        _ addition: Addition = Addition()
    ) throws -> EntryID {
        var fields = ConsultationFields(request: record.id, home: attempt.home, terms: record.terms)
        fields.attempt = attempt.number
        fields.number = attempt.nextNumber
        fields.actor = addition.actor
        fields.actorNode = addition.actorNode
        fields.deadline = addition.deadline
        fields.offeredTo = addition.offeredTo
        fields.reason = addition.reason
        fields.reportVersion = addition.reportVersion
        fields.command = addition.command
        fields.follows = attempt.last?.entry
        let entry = try transaction.append(
            EntryDraft(
                kind: event.kind, subject: record.id.description, causes: attempt.last.map { [$0.entry] } ?? [],
                fields: try fields.encoded(), headerAudience: .region, payload: addition.payload))
        try letIn(event, entry, attempt, record, fields)
        return entry
    }

    private func letIn(
        _ event: ConsultationEvent, _ entry: EntryID, _ attempt: ConsultationAttempt, _ record: ConsultationRecord,
        _ fields: ConsultationFields
    ) throws {
        let route = ConsultationRoute(tree: transaction.tree)
        let requesters = route.requesterSide(of: record.requester, home: attempt.home)
        switch event {
        case .opened:
            break
        case .offered, .escalated, .withdrawn, .claimed:
            let offered = event == .offered ? fields.offeredTo : attempt.offeredTo
            let experts = nodes(of: offered).filter { !route.seesHeaders($0, of: attempt.home) }
            let opened = attempt.steps.first.map(\.entry).filter { $0.author == transaction.node && event != .claimed }
            try transaction.grant((opened.map { [$0] } ?? []) + [entry], to: Self.unique(requesters + experts))
        case .reported, .acknowledged:
            let expert = (attempt.claimantNode ?? fields.actorNode).map { [$0] } ?? []
            try transaction.grant([entry], to: Self.unique(requesters + expert))
        }
        if event == .claimed, let node = fields.actorNode, let request = record.request,
            route.mayPassOn(record.requester, from: attempt.home), !route.holdsRequests(node, of: record.requester)
        {
            try transaction.grant([request.entry], to: [node])
        }
    }

    private func nodes(of experts: [String]) -> [NodeID] {
        configuration.rosters.flatMap(\.experts).filter { experts.contains($0.id) }.map(\.node)
    }

    private static func unique(_ nodes: [NodeID]) -> [NodeID] { Set(nodes).sorted() }
}

extension ConsultationWriter.Addition {
    /// What an event has of the command that makes it happen.
    init(of command: ConsultationCommand) {
        self.init(actor: command.actor, actorNode: command.origin, command: command.signed)
    }
}

extension Optional {
    fileprivate func filter(_ condition: (Wrapped) -> Bool) -> Wrapped? { flatMap { condition($0) ? $0 : nil } }
}
