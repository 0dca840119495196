import Effects
package import Ledgers
package import Regions
package import ServiceKit
import Storage
import Wire

/// A question for one part of a case, resting on an access statement and the case as its ground: what the creator wrote, or
/// what somebody wrote with an event.
///
/// All parts of a case rest on one statement: it is written to a node's audit ledger with the first part that the node is
/// asked for.
package struct CaseReading<W: Workflow>: Sendable, Equatable {
    package var id: CaseID<W>
    package var entry: EntryID
    package var statement: SignedAccessStatement

    package init(id: CaseID<W>, entry: EntryID, statement: SignedAccessStatement) {
        self.id = id
        self.entry = entry
        self.statement = statement
    }

    /// What the statement of such a question says.
    package static func question(_ id: CaseID<W>) -> String { "\(W.table.readAction) \(id)" }
}

/// Answers those who read a case by statement, where it was made, and passes the question on everywhere else.
///
/// Nothing of what it passes on stays at a node on the way.
package struct ReadingRoom<W: Workflow>: Sendable {
    package typealias Pass = @Sendable (CaseReading<W>, NodeID) async throws -> CaseContent

    let context: NodeContext
    /// Asks the same of a neighbour's desk.
    let pass: Pass?

    /// Whether somebody has a role that reads, in a case that is not closed; at the node that made it, later, too.
    static func mayRead(
        _ record: CaseRecord<W>, _ practitioner: String, at node: NodeID, _ configuration: RegionConfiguration
    ) -> Bool {
        guard record.isOpen || node == record.id.origin else { return false }
        let question = RoleQuestion<W>(
            id: record.id, terms: record.terms, home: record.attempts.last?.home ?? record.id.origin,
            actor: practitioner, node: node, configuration: configuration)
        return W.table.roles.contains { W.table.creation.readers.contains($0.role) && $0.holds(question) }
    }

    /// - Parameter caller: the neighbour that brought it; `nil` for somebody at this node.
    /// - Throws: what a statement is refused with; the workflow's codes of ``CaseFault/unknown`` and
    ///   ``CaseFault/notEntitled``; `call.…` where the node that made the case cannot be reached.
    package func read(_ reading: CaseReading<W>, caller: NodeID?) async throws -> CaseContent {
        let (signed, id) = (reading.statement, reading.id)
        try signed.check(
            keys: context.region, purposes: context.purposes, now: context.now,
            isForCase: W.table.creation.keys == .none)
        try signed.check(
            answers: CaseReading<W>.question(id), from: caller, at: context.node, in: context.tree)
        guard signed.statement.asking.order == id.description else { throw notEntitled }
        _ = try await context.admit(signed, caller: caller)
        if id.origin == context.node { return try await serve(reading, caller) }
        guard let pass, let next = context.tree.nextHop(from: context.node, to: id.origin), next != caller else {
            throw W.table.failure(.noHome, "no way leads to \(id.origin), which made the \(W.table.noun)")
        }
        try await context.audit.recordFirst(AuditRecord(signed, caller: caller, outcome: .forwarded))
        return try await pass(reading, next)
    }

    private func serve(_ reading: CaseReading<W>, _ caller: NodeID?) async throws -> CaseContent {
        let (signed, statement) = (reading.statement, reading.statement.statement)
        guard let record = try await context.ledger.read({ try CaseTable<W>.record(reading.id, in: $0) }) else {
            try await context.audit.record(AuditRecord(signed, caller: caller, outcome: .notFound))
            throw W.table.unknown(reading.id)
        }
        let steps = [record.creation].compactMap { $0 } + record.attempts.flatMap(\.steps)
        let isEntitled = Self.mayRead(
            record, statement.asking.practitioner, at: statement.node, context.region.current)
        let isAboutIt =
            W.table.creation.keys == .none
            || Set(statement.patientKeys) == Set(record.creation?.fields.patientKeys ?? [])
        guard isEntitled, isAboutIt, steps.contains(where: { $0.entry == reading.entry }) else {
            try await context.audit.record(AuditRecord(signed, caller: caller, outcome: .refused))
            throw notEntitled
        }
        guard let payload = try await context.ledger.entry(reading.entry)?.payload else {
            try await context.audit.record(AuditRecord(signed, caller: caller, outcome: .notFound))
            throw W.table.notHere
        }
        try await context.audit.recordFirst(AuditRecord(signed, caller: caller, answered: 1))
        let content = try CaseContent(wireBytes: payload)
        return W.table.creation.keys == .none && caller != nil ? content.withoutPersons : content
    }

    private var notEntitled: Failure {
        W.table.failure(
            .notEntitled, "the \(W.table.noun) is not open to this reader at this node",
            remedy: "read it where it was made, or as somebody to whom it is offered")
    }
}

extension CaseReading: ProtobufWireValue {
    package func wire() -> PBCaseReading {
        var message = PBCaseReading()
        message.caseID = id.description
        message.entry = entry.description
        message.statement = statement.wire()
        return message
    }

    package init(wire message: PBCaseReading) throws {
        self.init(
            id: try CaseID(message.caseID), entry: try EntryID(message.entry),
            statement: try SignedAccessStatement(wire: message.statement))
    }
}
