package import Effects
package import Ledgers
package import Regions
package import Trust

/// Whether a command is possible, decided from the record, the region and the time alone.
package struct CommandRule<W: Workflow> {
    package var command: CaseCommand<W>
    package var record: CaseRecord<W>
    package var attempt: CaseAttempt<W>
    package var configuration: RegionConfiguration
    package var now: WallTime

    package init(
        command: CaseCommand<W>, record: CaseRecord<W>, attempt: CaseAttempt<W>, configuration: RegionConfiguration,
        now: WallTime
    ) {
        self.command = command
        self.record = record
        self.attempt = attempt
        self.configuration = configuration
        self.now = now
    }

    package enum Decision {
        case append(W.Event, to: W.State, CaseAddition<W>)
        /// It was carried out before, by this entry.
        case duplicate(CaseStep<W>)
    }

    private var table: WorkflowTable<W> { W.table }
    private var rule: EventRule<W> { table.rule(of: command.event) }

    private var question: RoleQuestion<W> {
        RoleQuestion(
            id: record.id, terms: record.terms, home: attempt.home, actor: command.actor, node: command.origin,
            configuration: configuration)
    }

    /// - Throws: what the role refuses; the workflow's codes of ``CaseFault/taken``, ``CaseFault/notTheHolder``,
    ///   ``CaseFault/tooLate``, ``CaseFault/changed`` and ``CaseFault/wrongState``.
    package func decision(suite: Suite) throws -> Decision {
        guard let role = table.rule(of: command.role) else { throw wrongState() }
        // Whoever holds a seat had the role when taking it.
        guard rule.holder != nil || role.holds(question) else { throw role.refusal(question) }
        let content = content(signedBy: role)
        try checkHolder()
        if let known = try duplicate(of: content, suite) { return .duplicate(known) }
        try checkSeat()
        try checkTime()
        guard let next = attempt.next(after: command.event, by: command.role), isFromCandidate,
            rule.isPossible(record.terms)
        else { throw wrongState() }
        try checkItems()
        if let seen = command.seen, seen != attempt.last?.entry {
            throw table.failure(
                .changed, "the \(table.noun) has changed since: it is \(attempt.state.rawValue) now\(holders)",
                remedy: "look at it again, and decide anew")
        }
        var addition = CaseAddition(of: command)
        addition.payload = try content?.wireBytes()
        return .append(command.event, to: next, addition)
    }

    private func content(signedBy role: RoleRule<W>) -> CaseContent? {
        guard rule.form != nil else { return nil }
        var content = command.content ?? CaseContent()
        content.actor = command.actor
        content.actorName = role.signature(question)
        return content
    }

    private var isFromCandidate: Bool {
        !rule.isForCandidates || attempt.candidates.contains(command.origin.rawValue)
    }

    private func checkHolder() throws {
        guard let seat = rule.holder else { return }
        let holders = attempt.holders(of: seat)
        guard holders.contains(where: { $0.actor == command.actor && $0.node == command.origin }) else {
            throw table.failure(
                .notTheHolder,
                holders.isEmpty
                    ? "nobody has \(word(of: seat)) the \(table.noun)"
                    : "the \(table.noun) is \(word(of: seat)) by \(holders.map(\.actor).joined(separator: ", "))",
                remedy: "it is for whoever has \(word(of: seat)) it")
        }
    }

    private func checkSeat() throws {
        guard let seat = rule.fills, !attempt.canTake(seat, command.actor) else { return }
        throw table.failure(
            .taken,
            attempt.holders(of: seat).isEmpty
                ? "\(command.actor) has another part in the \(table.noun)"
                : "the \(table.noun) is \(word(of: seat)) by "
                    + attempt.holders(of: seat).map(\.actor).joined(separator: ", ") + holders)
    }

    /// Who has the case, for whoever comes too late.
    private var holders: String {
        let names = table.seats.flatMap { attempt.holders(of: $0.name) }.map { holder in
            "'\(holder.actor)'" + (holder.node.map { " at '\($0)'" } ?? "") + " has it since \(holder.since.chinaText)"
        }
        return names.isEmpty ? "" : ": " + names.joined(separator: ", ")
    }

    /// What happens when somebody takes a seat, as a word: `claimed`.
    private func word(of seat: String) -> String {
        table.events.first { $0.fills == seat }?.event.rawValue ?? seat
    }

    /// A timer has run out after which this is not possible any more, whether the home has said so yet or not.
    private func checkTime() throws {
        guard table.state(after: attempt.state, command.event, by: command.role) != nil else { return }
        for (timer, due) in attempt.running where due <= now {
            guard case .event(let event) = timer.consequence,
                let then = table.state(after: attempt.state, event, by: table.homeRole),
                table.state(after: then, command.event, by: command.role) == nil
            else { continue }
            throw table.failure(.tooLate, "it was due to be \(command.event.rawValue) by \(due.chinaText)")
        }
    }

    /// An event about lines names some, each once, that allow it.
    private func checkItems() throws {
        let names = command.items.map(\.name)
        guard table.movesItems(command.event) else {
            guard table.itemMoves.isEmpty || names.isEmpty else {
                throw table.failure(.badContent, "this is about no line of its own", remedy: "leave the lines out")
            }
            return
        }
        guard !names.isEmpty, Set(names).count == names.count else {
            throw table.failure(
                .badContent, "each line that it is about is named, once", remedy: "name the lines, such as a barcode")
        }
        guard let refused = attempt.refusedItem(of: command.items, by: command.event) else { return }
        throw table.failure(
            .wrongState,
            "'\(refused.name)' is \(refused.state ?? "new"), it cannot be \(command.event.rawValue) now",
            remedy: "look at the \(table.noun) with `\(table.showVerb)`")
    }

    private func duplicate(of content: CaseContent?, _ suite: Suite) throws -> CaseStep<W>? {
        if let seat = rule.fills {
            // Whoever has left it takes it anew.
            guard attempt.holders(of: seat).contains(where: { $0.actor == command.actor && $0.node == command.origin })
            else { return nil }
            return attempt.steps.last {
                $0.event == command.event && $0.fields.actor == command.actor && $0.fields.actorNode == command.origin
            }
        }
        if let content {
            let newest = attempt.steps.last { $0.event.map { table.rule(of: $0).form != nil } ?? false }
            guard let newest, newest.event == command.event, newest.fields.actor == command.actor else { return nil }
            return newest.contentDigest == (try content.digest(suite)) ? newest : nil
        }
        // Another node, unit or line is another command: it is refused or written, never taken for the same.
        guard let last = attempt.last, last.event == command.event, last.fields.items == command.items,
            !rule.offers
                || last.fields.candidates == command.target.map({ [$0.rawValue] })
                    && last.fields.organizationUnit == command.unit
        else { return nil }
        return last
    }

    private func wrongState() -> Failure {
        table.failure(
            .wrongState,
            "the \(table.noun) is \(attempt.state.rawValue), it cannot be \(command.event.rawValue) by this "
                + command.role.rawValue + holders,
            remedy: "look at the \(table.noun) with `\(table.showVerb)`")
    }

    package func receipt(_ entry: EntryID, time: WallTime, state: W.State, isDuplicate: Bool) -> CaseReceipt<W> {
        let written = attempt.steps.filter { $0.event.map { table.rule(of: $0).form != nil } ?? false }.count
        return CaseReceipt(
            id: record.id, attempt: attempt.number, home: attempt.home, state: state, entry: entry.description,
            actor: command.actor, time: time, isDuplicate: isDuplicate,
            writings: written + (rule.form != nil && !isDuplicate ? 1 : 0))
    }
}
