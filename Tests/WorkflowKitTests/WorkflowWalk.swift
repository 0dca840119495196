import Diagnosis
import Effects
import Ledgers
import Regions
import WorkflowKit

/// Walks through a workflow's table: an attempt in every state, and what every event does there.
struct WorkflowWalk<W: Workflow> {
    let terms: W.Terms
    let home: NodeID
    let other: NodeID

    /// - Parameter terms: those of nothing where none are given.
    init(terms: W.Terms? = nil) throws {
        self.terms = try terms ?? W.Terms(bytes: [])
        home = try NodeID("east")
        other = try NodeID("west")
    }

    func attempt(_ steps: [CaseStep<W>], lines: [CaseItem] = []) -> CaseAttempt<W> {
        CaseAttempt(number: 1, home: home, events: steps, lines: lines)
    }

    /// The shortest way to every state that can be reached.
    func ways() throws -> [W.State: [CaseStep<W>]] {
        var ways: [W.State: [CaseStep<W>]] = [W.table.initial: []]
        var queue: [[CaseStep<W>]] = [[]]
        while !queue.isEmpty {
            let way = queue.removeFirst()
            let before = attempt(way)
            for line in W.table.transitions where line.from == before.state {
                let next = way + [try step(line.event, by: line.role, after: before)]
                let reached = attempt(next)
                guard reached.refusedSteps.isEmpty else { continue }
                // A seat whose quorum is not complete leaves the case where it is: it goes on from there.
                if reached.state == before.state, line.to != line.from { queue.append(next) }
                guard ways[reached.state] == nil else { continue }
                ways[reached.state] = next
                queue.append(next)
            }
        }
        return ways
    }

    /// The next step, as an honest author would write it.
    func step(
        _ event: W.Event, by role: W.Role, after attempt: CaseAttempt<W>, actor: String? = nil,
        items: [CaseItem] = []
    ) throws -> CaseStep<W> {
        let rule = W.table.rule(of: event)
        let count = attempt.steps.count + attempt.refusedSteps.count + 1
        var fields = CaseFields<W>(
            id: CaseID(origin: home, serial: "1"), home: attempt.home, terms: terms)
        fields.attempt = attempt.number
        fields.term = attempt.term
        fields.number = rule.way == .decided ? attempt.nextNumber : max(1, attempt.nextNumber - 1)
        fields.ordinal = attempt.steps(event).count + 1
        fields.role = role
        let holder = rule.holder.flatMap { attempt.holders(of: $0).last }
        fields.actor = actor ?? holder?.actor ?? "actor-\(count)"
        fields.actorNode = holder?.node ?? (rule.isForCandidates ? attempt.candidates.first.flatMap(NodeID.init) : home)
        fields.candidates = rule.offers ? [other.rawValue] : []
        fields.items = items.isEmpty ? lines(for: event, in: attempt, count) : items
        switch rule.handover {
        case nil: break
        case .actor: fields.nextHome = fields.actorNode
        case .target: fields.nextHome = other
        }
        fields.follows = attempt.last?.entry
        let author = rule.way == .stated ? fields.actorNode ?? home : attempt.home
        return CaseStep(
            entry: try EntryID("\(author)/1/clinical/\(count)/0"), event: event, fields: fields,
            authorTime: WallTime(milliseconds: Int64(count)), receivedTime: .epoch, contentDigest: nil,
            hasPayload: false)
    }

    /// A line that allows an event about lines: one that was named before, or a new one; none where the event is about none
    /// or no line allows it.
    private func lines(for event: W.Event, in attempt: CaseAttempt<W>, _ count: Int) -> [CaseItem] {
        guard W.table.movesItems(event) else { return [] }
        let names = attempt.itemStates.keys.sorted() + ["line-\(count)"]
        return names.map { CaseItem($0) }.filter { attempt.refusedItem(of: [$0], by: event) == nil }.prefix(1).map {
            $0
        }
    }

    /// A walk for each kind of terms on which the table depends.
    static func all() throws -> [WorkflowWalk] {
        guard let varied = W.Terms.self as? any VariedTerms.Type else { return [try WorkflowWalk()] }
        return try varied.variants.compactMap { $0 as? W.Terms }.map { try WorkflowWalk(terms: $0) }
    }

    /// Whether the table, its seats and its lines allow it.
    func isAllowed(_ event: W.Event, by role: W.Role, after attempt: CaseAttempt<W>, actor: String) -> Bool {
        let rule = W.table.rule(of: event)
        return W.table.state(after: attempt.state, event, by: role) != nil && rule.isPossible(terms)
            && rule.holder.map { !attempt.holders(of: $0).isEmpty } ?? true
            && rule.fills.map { attempt.canTake($0, actor) } ?? true
            && (!W.table.movesItems(event) || !lines(for: event, in: attempt, 0).isEmpty)
            && (!rule.isForCandidates || !attempt.candidates.isEmpty)
    }
}

/// Terms by which some events of their workflow can happen and others cannot.
protocol VariedTerms: CaseTerms {
    static var variants: [Self] { get }
}

extension DiagnosisTerms: VariedTerms {
    static var variants: [DiagnosisTerms] {
        [nil, 60].map { audit in
            DiagnosisTerms(
                DiagnosisLevel(
                    kind: "ecg", name: "心电", specialty: "ecg", modality: .ecg, claimSeconds: 1, reportSeconds: 1,
                    auditSeconds: audit, graceSeconds: 1), madeTime: .epoch)
        }
    }
}
