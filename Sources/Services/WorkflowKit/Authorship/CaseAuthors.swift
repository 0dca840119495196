import Effects
package import Ledgers
import Regions
import ServiceKit
import Storage

/// Who may write the entries of a workflow: one rule for the creation, one for each way in which events are written.
package enum CaseAuthors<W: Workflow> {
    /// How far honest clocks may differ.
    private static var toleranceMilliseconds: Int64 { 300_000 }

    package static func rule(of event: EventRule<W>) -> AuthorRule {
        if event.event == W.table.attempts?.opening { return opened }
        return event.way == .stated ? stated(event) : decided(event)
    }

    // MARK: Events

    /// The first attempt: the origin's first home at rule time; later ones: the dispatcher of that time.
    ///
    /// Both go on with the terms of what they follow, as far as that lies here: whoever is let into an attempt alone hears
    /// of the terms from the home.
    private static var opened: AuthorRule {
        AuthorRule { question in
            let fields = try CaseFields<W>(bytes: question.entry.fields)
            try checkBeginning(of: fields, question)
            guard fields.attempt == 1 else { return try question.requireDispatcher() }
            let home = W.table.creation.firstHome(fields.id.origin, try question.tree)
            guard question.entry.author == fields.home, home == fields.home else {
                throw Failure(
                    "author.notHome",
                    "\(question.entry.author) took on a case of \(fields.id.origin), whose first home is another")
            }
        }
    }

    /// The home that the event's cause names; with the command of the node where its actor sits, unless the table lets the
    /// home decide it by itself.
    private static func decided(_ rule: EventRule<W>) -> AuthorRule {
        AuthorRule { question in
            let fields = try CaseFields<W>(bytes: question.entry.fields)
            guard question.entry.author == fields.home, let before = try earlier(fields, question) else {
                throw Failure(
                    "author.notHome", "\(question.entry.author) wrote an event of a case whose home it is not")
            }
            try checkTerms(of: fields, after: before)
            let roles = Set(W.table.transitions.filter { $0.event == rule.event }.map(\.role))
            if (fields.role ?? W.table.onlyRole(of: rule.event)) == W.table.homeRole,
                roles.contains(W.table.homeRole), rule.handover == nil
            {
                return
            }
            try checkCommand(of: fields, rule, question)
        }
    }

    /// Where the actor sits, about a step that lies there.
    private static func stated(_ rule: EventRule<W>) -> AuthorRule {
        AuthorRule { question in
            let fields = try CaseFields<W>(bytes: question.entry.fields)
            guard question.entry.author == fields.actorNode, let before = try earlier(fields, question),
                let role = fields.role ?? W.table.onlyRole(of: rule.event), let roleRule = W.table.rule(of: role)
            else {
                throw Failure(
                    "author.notOnTheSpot", "\(question.entry.author) stated what it could not see")
            }
            try checkTerms(of: fields, after: before)
            try checkHandover(fields, rule, target: nil)
            if rule.holder == nil {
                try check(roleRule, fields, actor: fields.actor, at: question.entry.author, question)
            }
        }
    }

    // MARK: What they rest on

    private static func checkBeginning(of fields: CaseFields<W>, _ question: AuthorQuestion) throws {
        guard let follows = fields.follows else {
            throw Failure("author.notHome", "an attempt begins that follows nothing")
        }
        let row = try question.sql.row(
            "SELECT fields, case_id FROM case_event WHERE entry = $1 AND workflow = $2",
            [follows.description, W.table.name])
        guard let row else { return }
        guard try row.text(1) == fields.id.description else {
            throw Failure("author.notHome", "an attempt begins that follows another case")
        }
        try checkTerms(of: fields, after: try CaseFields<W>(bytes: try row.bytes(0)))
    }

    /// The earlier event of the same attempt that the event names as its cause: one of the same home and term, or the
    /// handover by which its author became the home; `nil` where it names none.
    private static func earlier(_ fields: CaseFields<W>, _ question: AuthorQuestion) throws -> CaseFields<W>? {
        for cause in question.entry.causes {
            let row = try question.sql.row(
                "SELECT fields, kind FROM case_event WHERE entry = $1 AND workflow = $2 AND case_id = $3",
                [cause.description, W.table.name, fields.id.description])
            guard let row else { continue }
            let before = try CaseFields<W>(bytes: try row.bytes(0))
            let event = W.table.event(of: EntryKind(UInt32(truncatingIfNeeded: try row.integer(1))))
            let isBefore = before.number < fields.number || isStated(event) || isStated(question.entry.kind)
            guard isBefore, event == nil && W.table.attempts == nil || before.attempt == fields.attempt else {
                continue
            }
            if before.nextHome == nil, before.term == fields.term, before.home == fields.home { return before }
            if before.nextHome == fields.home, before.term + 1 == fields.term { return before }
        }
        return nil
    }

    /// A case goes on as it was agreed when it was made: roles, clocks and figures rest on its terms.
    private static func checkTerms(of fields: CaseFields<W>, after before: CaseFields<W>) throws {
        guard fields.terms == before.terms else {
            throw Failure("author.otherTerms", "an event names other terms than the one that it follows")
        }
    }

    private static func isStated(_ kind: EntryKind) -> Bool { isStated(W.table.event(of: kind)) }
    private static func isStated(_ event: W.Event?) -> Bool {
        event.map { W.table.rule(of: $0).way == .stated } ?? false
    }

    private static func checkCommand(
        of fields: CaseFields<W>, _ rule: EventRule<W>, _ question: AuthorQuestion
    ) throws {
        guard let command = fields.command, command.isSigned(by: question.region), command.id == fields.id,
            command.attempt == fields.attempt, command.home == fields.home, command.actor == fields.actor,
            command.origin == fields.actorNode, command.event == rule.event,
            command.role == fields.role ?? W.table.onlyRole(of: rule.event), command.reason == fields.reason,
            command.items == fields.items, command.namedTime == fields.namedTime,
            command.unit == fields.organizationUnit,
            command.seen == nil || command.seen == fields.follows,
            !rule.offers || fields.candidates == command.target.map({ [$0.rawValue] })
        else {
            throw Failure(
                "author.unsignedCommand",
                "\(question.entry.author) wrote in the name of an actor whose node did not sign that")
        }
        // Both are claims, so that every node judges alike, however its own clock stands: the home refused it already.
        guard command.madeAt <= question.entry.authorTime.advanced(byMilliseconds: toleranceMilliseconds) else {
            throw Failure("author.unsignedCommand", "the command of an event is signed for a time after it")
        }
        try checkHandover(fields, rule, target: command.target)
        guard let role = W.table.rule(of: command.role) else {
            throw Failure("author.unsignedCommand", "nobody is commanded in the role of a home")
        }
        // Whoever holds a seat had the role when taking it; the fold knows who does.
        if rule.holder == nil { try check(role, fields, actor: command.actor, at: command.origin, question) }
        try checkContent(command, rule, question)
    }

    private static func checkHandover(_ fields: CaseFields<W>, _ rule: EventRule<W>, target: NodeID?) throws {
        let wanted: NodeID? =
            switch rule.handover {
            case nil: nil
            case .actor: fields.actorNode
            case .target: target
            }
        guard fields.nextHome == wanted else {
            throw Failure("author.notHome", "a case is handed over to a node that does not take it")
        }
    }

    private static func check(
        _ role: RoleRule<W>, _ fields: CaseFields<W>, actor: String, at node: NodeID, _ question: AuthorQuestion
    ) throws {
        func asked(_ configuration: RegionConfiguration) -> RoleQuestion<W> {
            RoleQuestion(
                id: fields.id, terms: fields.terms, home: fields.home, actor: actor, node: node,
                configuration: configuration)
        }
        guard try question.mayHaveGoneBy({ role.holds(asked($0)) }) else {
            throw role.authorRefusal(asked(question.region.current))
        }
        guard role.isRegistered else { return }
        // The register of that time, which every node has, enters whoever acted.
        let (time, deliveries) = (try question.time, question.region.deliveries)
        guard try question.mayHaveGoneBy({ PractitionerRule.mayAct(actor, at: node, time, by: $0, deliveries) }) else {
            throw Failure(
                "author.notRegistered", "no register of a unit at \(node) had the practitioner who acted",
                remedy: "see access.practitioners in the region configuration with `yilian region show`")
        }
    }

    /// What lies beside the event is what was signed, wherever it lies.
    private static func checkContent(
        _ command: SignedCommand<W>, _ rule: EventRule<W>, _ question: AuthorQuestion
    ) throws {
        guard let payload = question.entry.payload else { return }
        let content = try CaseContent(wireBytes: payload)
        guard rule.form != nil, content.actor == command.actor,
            try command.isOf(content, suite: question.region.suite)
        else {
            throw Failure(
                "author.unsignedCommand", "what an event says is not what \(command.origin) signed")
        }
    }

    // MARK: The creation

    /// The origin itself, for a unit that delivers to it, on the terms of that time, about the patient of its access
    /// statement.
    package static var creation: AuthorRule {
        AuthorRule { question in
            let fields = try CaseFields<W>(bytes: question.entry.fields)
            guard question.entry.author == fields.id.origin else {
                throw Failure("author.notRequester", "\(question.entry.author) wrote another node's case")
            }
            try question.refuseForeign(fields.organizationUnit)
            guard fields.terms.unit ?? fields.organizationUnit == fields.organizationUnit else {
                throw Failure("author.otherTerms", "the terms of a case name another unit than the one that made it")
            }
            try checkPlan(of: fields, question)
            if W.table.attempts == nil {
                guard W.table.creation.firstHome(fields.id.origin, try question.tree) == fields.home else {
                    throw Failure("author.notHome", "the first home of a case is another node")
                }
            }
            guard try question.mayHaveGoneBy({ W.table.creation.isAgreed(fields.terms, $0) }) else {
                throw Failure(
                    "author.otherTerms",
                    "\(question.entry.author) wrote a case on terms that the region did not agree on",
                    remedy: "see what is agreed with `yilian region show`")
            }
            try checkStatement(fields, question)
        }
    }

    /// A case that another one makes is that one's author's, with the id of its day, and about the same patient at the same
    /// unit.
    private static func checkPlan(of fields: CaseFields<W>, _ question: AuthorQuestion) throws {
        guard let plan = fields.follows else { return }
        let other = Failure("author.otherPlan", "a case says that another makes it, and that one does not")
        guard let name = W.table.creation.plan, let day = fields.namedTime,
            fields.id == CaseID(childOf: plan, on: day, suite: question.region.suite)
        else { throw other }
        // The header of a case goes no further than that of the one that makes it, and follows it in its author's chain:
        // only who was let into this one alone does not have the other.
        let row = try question.sql.row(
            "SELECT fields, workflow FROM case_event WHERE entry = $1", [plan.description])
        guard let row else { return }
        guard try row.text(1) == name, let message = try? PBCaseFields(serializedBytes: try row.bytes(0)),
            message.organizationUnit == fields.organizationUnit,
            try Set(message.patientKeys.map(PatientKeyReference.init(wire:))) == Set(fields.patientKeys)
        else { throw other }
    }

    /// The keys in the header are those of the access statement that lies beside the patient's data, which the origin
    /// signed for this case; where headers have no keys, there are neither.
    private static func checkStatement(_ fields: CaseFields<W>, _ question: AuthorQuestion) throws {
        let otherPatient = Failure(
            "author.otherPatient", "the access statement of a case is not about the patient whom its header names")
        guard W.table.creation.keys == .inHeader else {
            if !fields.patientKeys.isEmpty { throw otherPatient }
            return
        }
        guard let payload = question.entry.payload else { return }
        guard let signed = try CaseContent(wireBytes: payload).statement,
            signed.statement.node == question.entry.author,
            // Sealed by a key that holds: a clock that is off when the statement is made changes nothing.
            try signed.isSigned(by: question.region) || signed.isSigned(by: question.region, at: question.time),
            signed.statement.asking.organizationUnit == fields.organizationUnit,
            Set(signed.statement.patientKeys) == Set(fields.patientKeys)
        else { throw otherPatient }
    }
}
