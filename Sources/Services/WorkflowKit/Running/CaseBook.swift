package import Effects
package import Ledgers
import Regions
package import ServiceKit
import Storage
import Trust
import Wire

/// What somebody fills in to make a case.
package struct CaseDraft<W: Workflow>: Sendable {
    package var terms: W.Terms
    package var content: CaseContent
    /// Who asks, on which ground.
    package var asking: Asking
    package var items: [CaseItem]
    /// What the creation offers it to, and why, in words.
    package var reason: String

    package init(
        terms: W.Terms, content: CaseContent, asking: Asking, items: [CaseItem] = [], reason: String = ""
    ) {
        self.terms = terms
        self.content = content
        self.asking = asking
        self.items = items
        self.reason = reason
    }

    /// - Throws: the workflow's codes of ``CaseFault/noUnit``, ``CaseFault/noPatient`` and what the form's check throws.
    package func check() throws { try Self.check(content, asking) }

    /// The same for whoever does not know the terms yet.
    package static func check(_ content: CaseContent, _ asking: Asking) throws {
        guard !asking.organizationUnit.isEmpty, asking.organizationUnit.utf8.count <= Limits.caseWordBytes else {
            throw W.table.failure(
                .noUnit, "\(W.table.oneCase) names the unit that makes it, in 1 to \(Limits.caseWordBytes) bytes",
                remedy: "give the unit's id as the region configuration has it")
        }
        try content.checkPatient(of: W.self)
        try content.check(W.table.creation.form, of: W.self)
    }
}

/// A case as it was opened: what the creator wrote, and everything that was written about it since.
package struct CaseFile<W: Workflow>: Sendable {
    /// What somebody wrote with an event.
    package struct Writing: Sendable, Equatable {
        package var step: CaseStep<W>
        package var content: CaseContent

        package var entry: EntryID { step.entry }
        package var event: W.Event? { step.event }
        package var time: WallTime { step.authorTime }
    }

    package var record: CaseRecord<W>
    /// `nil` where it does not lie at this node.
    package var content: CaseContent?
    /// Attempt by attempt, in the order of the events.
    package var writings: [Writing]
}

/// A workflow's cases at one node: makes them, sends commands about them, shows what became of them.
package struct CaseBook<W: Workflow>: Sendable {
    package let context: NodeContext
    private let counter: CommandCounter<W>

    package init(counter: CommandCounter<W>) {
        context = counter.context
        self.counter = counter
    }

    // MARK: Making a case

    /// Makes a case at this node; durable on return, and on its way to its first home.
    ///
    /// The same order of a hospital's system again makes the same case.
    ///
    /// - Parameters:
    ///   - first: what the creator does about the new case at once, in the same transaction, where its first home is this
    ///     node; of a repetition whether it is the same as the first time is checked.
    ///   - alongside: what else is done in the same transaction, for a repetition too.
    /// - Throws: what the draft's check throws; the workflow's codes of ``CaseFault/noHome`` and
    ///   ``CaseFault/orderNumberUsed``; what the access rule throws, and the rule of what is done first;
    ///   `patientKey.noSecret`.
    package func create(
        _ draft: CaseDraft<W>, first: CaseBeginning<W>? = nil,
        alongside: @escaping @Sendable (CreatedCase<W>, LedgerTransaction) throws -> Void = { _, _ in }
    ) async throws -> CreatedCase<W> {
        try draft.check()
        let now = context.now
        var content = draft.content
        if W.table.creation.keys == .none { content.actor = draft.asking.practitioner }
        let order = try CaseOrder<W>(kind: draft.terms.kind, content, draft.asking, suite: context.region.suite)
        guard let home = W.table.creation.firstHome(context.node, context.tree) else { throw W.table.noHome }
        var keys: [PatientKeyReference] = []
        if W.table.creation.keys == .inHeader {
            keys = try content.patient.identifiers.compactMap {
                try context.patientKeys.current(of: $0, within: draft.asking.organizationUnit, at: now)
            }
            content.statement = try context.sign(draft.asking, about: keys, question: W.table.createAction)
        }
        if let first, W.table.rule(of: first.role)?.isRegistered == true {
            try context.check(practitioner: first.actor, of: draft.asking.organizationUnit, at: context.node)
        }
        let id = CaseID<W>(origin: context.node, serial: context.world.identifier())
        var fields = CaseFields(id: id, home: W.table.attempts == nil ? home : context.node, terms: draft.terms)
        fields.patientKeys = keys
        fields.organizationUnit = draft.asking.organizationUnit
        fields.items = draft.items
        fields.reason = draft.reason
        fields.dues = W.table.dues(startedBy: nil, at: draft.terms.madeTime, fields, context.region.current)
        let entry = try W.table.creation.draft(fields, content)
        return try await context.ledger.write(lane: .clinical, sizeBytes: (entry.payload?.count ?? 0) + 500) {
            let created: CreatedCase<W>
            if let known = try order.known(in: $0.sql) {
                created = known
            } else {
                try order.note(id, in: $0.sql)
                created = CreatedCase(id: id, entry: try $0.append(entry), isDuplicate: false)
            }
            if let first { try begin(first, created, $0) }
            try alongside(created, $0)
            return created
        }
    }

    /// Does the first thing about a case that was made just now; of one that was made before it must have been the same.
    private func begin(
        _ beginning: CaseBeginning<W>, _ created: CreatedCase<W>, _ transaction: LedgerTransaction
    ) throws {
        guard let record = try CaseTable<W>.record(created.id, in: transaction.sql), let attempt = record.attempts.last
        else { throw W.table.unknown(created.id) }
        guard !created.isDuplicate else {
            guard let first = attempt.steps.first, beginning.isSame(as: first) else {
                throw W.table.failure(
                    .orderNumberUsed, "the order number made \(W.table.oneCase) that went another way before",
                    remedy: "send what is new under an order number of its own")
            }
            return
        }
        let command = try beginning.command(on: record, attempt, at: transaction.node).signed(by: context)
        try command.check()
        let (region, now) = (context.region, transaction.now)
        let rule = CommandRule(
            command: command, record: record, attempt: attempt, configuration: region.current, now: now)
        guard case .append(let event, _, let addition) = try rule.decision(suite: region.suite) else { return }
        let writer = CaseWriter<W>(transaction: transaction, configuration: region.current)
        try writer.append(event, to: attempt, of: record, addition)
    }

    /// What would keep a case from being made of an order that the same system sent before.
    ///
    /// - Throws: the workflow's code of ``CaseFault/orderNumberUsed``.
    package func checkOrder(of draft: CaseDraft<W>) async throws {
        let order = try CaseOrder<W>(kind: draft.terms.kind, draft.content, draft.asking, suite: context.region.suite)
        _ = try await context.ledger.read { try order.known(in: $0) }
    }

    // MARK: Commands

    /// Sends a command of somebody at this node to the home that decides about it.
    ///
    /// - Parameters:
    ///   - seen: the case as whoever decides saw it, where nothing is to be done if it has changed since.
    ///   - choose: the attempt that is meant.
    /// - Throws: the workflow's code of ``CaseFault/notOffered`` where there is none; what the home refuses it with.
    package func act(
        _ event: W.Event, as role: W.Role, on id: CaseID<W>, actor: String, content: CaseContent? = nil,
        seen: CaseRecord<W>? = nil,
        choose: (CaseRecord<W>) -> CaseAttempt<W>? = { $0.attempts.last },
        with change: (inout CaseCommand<W>) -> Void = { _ in }
    ) async throws -> CaseReceipt<W> {
        let record = if let seen { seen } else { try await show(id) }
        guard let attempt = choose(record) else {
            throw W.table.failure(
                .notOffered, "no home has taken the \(W.table.noun) on yet",
                remedy: "wait a moment; `yilian queue why` says what does not arrive")
        }
        var command = CaseCommand(
            id: id, attempt: attempt.number, home: attempt.home, actor: actor, origin: context.node, event: event,
            role: role, content: content)
        if seen != nil { command.seen = attempt.last?.entry }
        change(&command)
        try command.check()
        return try await counter.perform(try command.signed(by: context), caller: nil)
    }

    /// States on the spot what happened at this node: written here, whether the home can be reached or not.
    ///
    /// - Throws: what the role refuses; the workflow's code of ``CaseFault/wrongState`` where the case, as it is known
    ///   here, does not allow it.
    package func state(
        _ event: W.Event, as role: W.Role, on id: CaseID<W>, actor: String, content: CaseContent? = nil,
        items: [CaseItem] = []
    ) async throws -> CaseReceipt<W> {
        let region = context.region
        if W.table.rule(of: role)?.isRegistered == true {
            try context.check(practitioner: actor, of: "", at: context.node)
        }
        return try await context.ledger.write(lane: .clinical, sizeBytes: Limits.textFieldBytes) { transaction in
            guard let record = try CaseTable<W>.record(id, in: transaction.sql), let attempt = record.attempts.last
            else { throw W.table.unknown(id) }
            var command = CaseCommand(
                id: id, attempt: attempt.number, home: attempt.home, actor: actor, origin: transaction.node,
                event: event, role: role, content: content)
            command.items = items
            try command.check()
            let rule = CommandRule(
                command: command, record: record, attempt: attempt, configuration: region.current,
                now: transaction.now)
            switch try rule.decision(suite: region.suite) {
            case .duplicate(let step):
                return rule.receipt(step.entry, time: step.authorTime, state: attempt.state, isDuplicate: true)
            case .append(let event, let state, let addition):
                let writer = CaseWriter<W>(transaction: transaction, configuration: region.current)
                let entry = try writer.append(event, to: attempt, of: record, addition)
                return rule.receipt(entry, time: transaction.now, state: state, isDuplicate: false)
            }
        }
    }

    // MARK: Looking

    /// Cases that concern this node, newest first.
    package func list(_ filter: CaseFilter<W> = CaseFilter()) async throws -> [CaseRecord<W>] {
        try await context.ledger.read { sql in try CaseTable<W>.newest(filter, in: sql) }
    }

    /// A case and what became of it, as far as this node knows; headers only, nothing of the patient.
    ///
    /// - Throws: the workflow's code of ``CaseFault/unknown``.
    package func show(_ id: CaseID<W>) async throws -> CaseRecord<W> {
        guard let record = try await context.ledger.read({ try CaseTable<W>.record(id, in: $0) }) else {
            throw W.table.unknown(id)
        }
        return record
    }

    /// Opens a case: its content and what was written about it.
    ///
    /// Each opening is written to the audit ledger before anything is given, also one that is refused.
    ///
    /// - Parameters:
    ///   - asking: who asks, where, and through which system.
    ///   - mayRead: whether they may, as the workflow has it.
    /// - Throws: the workflow's codes of ``CaseFault/unknown``, ``CaseFault/notHere`` where the case itself has not
    ///   arrived, and ``CaseFault/notEntitled``.
    package func read(
        _ id: CaseID<W>, _ asking: Asking, mayRead: (CaseRecord<W>) -> Bool
    ) async throws -> CaseFile<W> {
        let record = try await show(id)
        guard let creation = record.creation else { throw W.table.notHere }
        let statement = try await statement(of: asking, about: record, creation)
        _ = try await context.admit(statement, caller: nil)
        guard mayRead(record) else {
            try await context.audit.record(AuditRecord(statement, outcome: .refused))
            throw W.table.failure(
                .notEntitled, "the \(W.table.noun) is not open to this reader at this node",
                remedy: "read it where it was made, or as somebody to whom it is offered")
        }
        return try await file(record, creation, on: statement)
    }

    /// Opens a case on a role that the table lets read it (``CaseCreation/readers``).
    ///
    /// It is read here where it was made here, else asked of the node that made it, as long as it is not closed. The case
    /// is the ground. What comes from another node of a case whose header names nobody holds neither the patient nor who made it.
    ///
    /// - Throws: as reading does; `call.…` where the node that made it cannot be reached: then the same may be asked again.
    package func open(_ id: CaseID<W>, _ asking: Asking) async throws -> CaseFile<W> {
        let reader = ReadingRoom<W>(context: context, pass: counter.passReading)
        let configuration = context.region.current
        guard id.origin != context.node else {
            return try await read(id, asking) { record in
                ReadingRoom<W>.mayRead(record, asking.practitioner, at: context.node, configuration)
            }
        }
        let record = try await show(id)
        guard let creation = record.creation else { throw W.table.notHere }
        let statement = try await statement(of: asking, about: record, creation)
        var file = CaseFile(record: record, content: nil, writings: [])
        func content(of entry: EntryID) async throws -> CaseContent {
            try await reader.read(CaseReading(id: id, entry: entry, statement: statement), caller: nil)
        }
        file.content = try await content(of: creation.entry)
        for step in Self.written(record) {
            let content = try await content(of: step.entry)
            guard try step.fields.command?.isOf(content, suite: context.region.suite) ?? true else {
                throw W.table.failure(.malformed, "what came of the \(W.table.noun) is not what was signed")
            }
            file.writings.append(CaseFile.Writing(step: step, content: content))
        }
        return file
    }

    /// What somebody signs who opens a case; it rests on the case, and is about the patient where this node knows whose
    /// case it is.
    private func statement(
        of asking: Asking, about record: CaseRecord<W>, _ creation: CaseStep<W>
    ) async throws -> SignedAccessStatement {
        var asking = asking
        asking.order = record.id.description
        let question = CaseReading<W>.question(record.id)
        guard W.table.creation.keys == .none else {
            return try context.sign(asking, about: creation.fields.patientKeys, question: question)
        }
        let content = try await context.ledger.entry(creation.entry)?.payload.map(CaseContent.init(wireBytes:))
        let keys = try (content?.patient.identifiers ?? []).flatMap {
            try context.patientKeys.all(of: $0, within: creation.fields.organizationUnit, at: context.now)
        }
        return try context.sign(asking, aboutCaseOf: Array(keys.prefix(Limits.questionKeys)), question: question)
    }

    private static func written(_ record: CaseRecord<W>) -> [CaseStep<W>] {
        record.attempts.flatMap(\.steps).filter { $0.event.map { W.table.rule(of: $0).form != nil } ?? false }
    }

    /// What a case holds, once somebody has said who looks at it; it goes on record before anything is given.
    package func file(
        _ record: CaseRecord<W>, _ creation: CaseStep<W>, on statement: SignedAccessStatement
    ) async throws -> CaseFile<W> {
        let written = Self.written(record)
        try await context.audit.record(AuditRecord(statement, answered: 1 + written.count))
        var file = CaseFile(record: record, content: nil, writings: [])
        file.content = try await context.ledger.entry(creation.entry)?.payload.map(CaseContent.init(wireBytes:))
        for step in written {
            guard let payload = try await context.ledger.entry(step.entry)?.payload else { continue }
            file.writings.append(CaseFile.Writing(step: step, content: try CaseContent(wireBytes: payload)))
        }
        return file
    }

    /// The cases that concern this node and in which something is left to do.
    package func openCases() async throws -> OpenCases<W> {
        try await context.ledger.read { try CaseTable<W>.openCases(in: $0) }
    }
}
