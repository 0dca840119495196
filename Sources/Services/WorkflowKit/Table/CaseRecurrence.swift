package import Effects
import Ledgers
import Regions
import Storage
import Trust

/// Cases that a case makes day after day: the visits of a plan, the doses of a prescription.
///
/// A child is made where its plan was made, by the node itself, some time before its day. It is about the plan's patient at
/// the plan's unit and rests on the access statement that lies beside the plan, so nobody has to ask anew. Its id is drawn
/// from the plan and the day: it is one case however often it is made, after a restart or by a node whose disk was put
/// back. A child that is open when its plan is closed stays open, and ends as its own table says.
package struct CaseRecurrence<Plan: Workflow>: Sendable {
    /// How the workflow of the children is called.
    package let child: String
    /// In which states of the plan children are made.
    package let states: Set<Plan.State>
    /// How long before its day a child is made.
    package let leadMilliseconds: Int64
    /// The day after the newest child's, or the first one where there is no child; `nil` where there is none to come.
    let next: @Sendable (CaseRecord<Plan>, WallTime?) -> WallTime?
    /// What is wrong with the two tables together.
    let problems: @Sendable (WorkflowTable<Plan>) -> [String]
    /// The day of the newest child.
    let newest: @Sendable (EntryID, any SQLTransaction) throws -> WallTime?
    /// Makes the child of a day, unless there is one.
    let make: @Sendable (CaseStep<Plan>, WallTime, Making) throws -> Void

    struct Making {
        var record: CaseRecord<Plan>
        var transaction: LedgerTransaction
        var configuration: RegionConfiguration
        var suite: Suite
    }

    /// - Parameters:
    ///   - leadSeconds: how long before its day a child is made; 0 to a year.
    ///   - next: the day after one, or the first; each is later than the one before. What counts of it is the day in
    ///     China's time.
    ///   - terms: of the child of a day.
    ///   - values: what is written in the child's form, from what was written in the plan's.
    package init<Child: Workflow>(
        _ child: Child.Type, in states: Set<Plan.State>, leadSeconds: Int,
        next: @escaping @Sendable (CaseRecord<Plan>, WallTime?) -> WallTime?,
        terms: @escaping @Sendable (CaseRecord<Plan>, WallTime) -> Child.Terms,
        values: @escaping @Sendable (CaseContent) -> [String: String] = { _ in [:] }
    ) {
        self.child = Child.table.name
        self.states = states
        leadMilliseconds = Int64(max(0, min(leadSeconds, Limits.termSeconds))) * 1_000
        self.next = next
        problems = { Self.problems(between: $0, and: Child.table) }
        newest = { try CaseTable<Child>.newestDay(of: $0, in: $1) }
        make = { plan, day, making in
            let draft = try Self.draft(Child.self, of: plan, on: day, terms(making.record, day), values, making)
            if let draft { _ = try making.transaction.append(draft) }
        }
    }

    private static func problems<Child: Workflow>(
        between plan: WorkflowTable<Plan>, and child: WorkflowTable<Child>
    ) -> [String] {
        var problems: [String] = []
        if child.creation.plan != plan.name {
            problems.append("\(child.oneCase) does not say that \(plan.oneCase) makes it")
        }
        if (child.creation.keys == .none) != (plan.creation.keys == .none) {
            problems.append("the headers of \(plan.oneCase) and its \(child.noun) do not both name the patient")
        }
        // Whoever hears of a child has its plan before it, and can compare them.
        if child.creation.headerAudience > plan.creation.headerAudience {
            problems.append("\(child.oneCase) goes further than its \(plan.noun)")
        }
        if child.creation.payloadAudience > plan.creation.payloadAudience {
            problems.append("what stands in \(plan.oneCase) goes further with its \(child.noun)")
        }
        return problems
    }

    /// The child of a day as an entry; `nil` where it is there.
    private static func draft<Child: Workflow>(
        _ child: Child.Type, of plan: CaseStep<Plan>, on day: WallTime, _ terms: Child.Terms,
        _ values: (CaseContent) -> [String: String], _ making: Making
    ) throws -> EntryDraft? {
        let (transaction, node) = (making.transaction, making.transaction.node)
        let id = CaseID<Child>(childOf: plan.entry, on: day, suite: making.suite)
        guard try CaseTable<Child>.record(id, in: transaction.sql)?.creation == nil else { return nil }
        guard let payload = try transaction.payload(of: plan.entry) else { throw Plan.table.notHere }
        let written = try CaseContent(wireBytes: payload)
        var content = CaseContent(
            patient: written.patient, values: values(written), references: [plan.entry.description],
            actor: written.actor, actorName: written.actorName)
        content.statement = written.statement
        try content.checkPatient(of: Child.self)
        try content.check(Child.table.creation.form, of: Child.self)
        guard let home = Child.table.creation.firstHome(node, transaction.tree) else { throw Child.table.noHome }
        guard Child.table.creation.isAgreed(terms, making.configuration) else {
            throw Failure(
                "author.otherTerms", "\(node) wrote a case on terms that the region did not agree on",
                remedy: "see what is agreed with `yilian region show`")
        }
        var fields = CaseFields<Child>(id: id, home: Child.table.attempts == nil ? home : node, terms: terms)
        fields.patientKeys = plan.fields.patientKeys
        fields.organizationUnit = plan.fields.organizationUnit
        fields.follows = plan.entry
        fields.namedTime = day
        fields.dues = Child.table.dues(startedBy: nil, at: terms.madeTime, fields, making.configuration)
        return try Child.table.creation.draft(fields, content)
    }
}

extension CaseCreation {
    /// The entry that makes a case.
    func draft(_ fields: CaseFields<W>, _ content: CaseContent) throws -> EntryDraft {
        EntryDraft(
            kind: kind, subject: fields.id.description, fields: try fields.encoded(), headerAudience: headerAudience,
            payload: try content.wireBytes(), payloadAudience: payloadAudience)
    }
}
