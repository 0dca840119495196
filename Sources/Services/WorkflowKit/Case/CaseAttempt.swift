package import Effects
import Ledgers
package import Regions

/// Who has a seat.
package struct SeatHolder: Hashable, Sendable {
    package var actor: String
    package var node: NodeID?
    package var since: WallTime
}

/// One attempt at a case: its home, and where the workflow's table has led it.
package struct CaseAttempt<W: Workflow>: Sendable, Equatable {
    package let number: Int
    /// Who decides now.
    package private(set) var home: NodeID
    /// How often it was handed over, from 1.
    package private(set) var term = 1
    /// The homes before this one, the first first.
    package private(set) var formerHomes: [NodeID] = []
    package private(set) var state = W.table.initial
    /// The events that the table allows, in their order.
    package private(set) var steps: [CaseStep<W>] = []
    /// Events that the table does not allow, kept as they came: for example the second of two claims that a home
    /// appended after it was restored from an older copy.
    package private(set) var refusedSteps: [CaseStep<W>] = []
    /// Who has which seat, in the order in which they took it.
    package private(set) var seats: [String: [SeatHolder]] = [:]
    /// Where each line stands that an event has named, in a workflow whose lines have states.
    package private(set) var itemStates: [String: String] = [:]
    /// By when timers run out that were started, whether they run in this state or not.
    package private(set) var dues: [String: WallTime] = [:]

    package init(number: Int, home: NodeID, dues: [String: WallTime] = [:]) {
        self.number = number
        self.home = home
        self.dues = dues
    }

    /// Folds the events of one attempt; any order gives the same attempt.
    ///
    /// A home whose disk was put back may have lost an event that others hold, and gone on without it: then the events
    /// lead two ways from the one before. The first in order counts, unless only the other ends in what was aimed at:
    /// somebody has signed it, and whoever holds the lost event must not wait for another for ever.
    ///
    /// - Parameter dues: of the timers that the creation started.
    package init(
        number: Int, home: NodeID, events: [CaseStep<W>], lines: [CaseItem] = [], dues: [String: WallTime] = [:]
    ) {
        let inOrder = events.sorted(by: CaseStep.precedes)
        self.init(number: number, home: home, dues: dues)
        let start = self
        self = start.applying(inOrder, lines)
        guard !isSettled, let way = start.wayToEnd(inOrder, lines) else { return }
        let taken = Set(way.steps.map(\.entry))
        self = start.applying(way.steps + inOrder.filter { !taken.contains($0.entry) }, lines)
    }

    private func applying(_ steps: [CaseStep<W>], _ lines: [CaseItem]) -> CaseAttempt {
        var attempt = self
        for step in steps { attempt.apply(step, lines) }
        return attempt
    }

    /// The attempt as the first event shows it that ends it well, to which events lead that the table allows, each
    /// following the one before.
    private func wayToEnd(_ inOrder: [CaseStep<W>], _ lines: [CaseItem]) -> CaseAttempt? {
        let table = W.table
        let ending = Set(table.transitions.filter { table.isSettled($0.to) }.map(\.event))
        guard inOrder.contains(where: { $0.event.map(ending.contains) ?? false }) else { return nil }
        var ways: [EntryID: CaseAttempt] = [:]
        for step in inOrder {
            let begins = table.transitions.contains { $0.event == step.event && $0.from == table.initial }
            let before = step.fields.follows.flatMap { ways[$0] }
            guard var way = before ?? (begins ? self : nil) else { continue }
            way.apply(step, lines)
            guard way.last == step else { continue }
            if way.isSettled { return way }
            ways[step.entry] = way
        }
        return nil
    }

    private mutating func apply(_ step: CaseStep<W>, _ lines: [CaseItem]) {
        guard let event = step.event, step.fields.term == term, step.fields.home == home,
            W.table.rule(of: event).isPossible(step.fields.terms),
            isFromHolder(step, event), isFromCandidate(step, event), hasRoom(step, event),
            remains(for: step, of: lines), allowsItems(of: step, event),
            let next = next(after: event, by: step.role)
        else {
            refusedSteps.append(step)
            return
        }
        let rule = W.table.rule(of: event)
        if let seat = rule.fills {
            seats[seat, default: []].append(
                SeatHolder(actor: step.fields.actor, node: step.fields.actorNode, since: step.authorTime))
        }
        if let seat = rule.frees { seats[seat] = nil }
        if rule.handover != nil, let nextHome = step.fields.nextHome {
            formerHomes.append(home)
            home = nextHome
            term += 1
        }
        if W.table.movesItems(event) {
            for item in step.fields.items {
                itemStates[item.name] = W.table.itemState(after: itemStates[item.name], event)
            }
        }
        dues.merge(step.fields.dues) { _, new in new }
        for timer in W.table.timers where timer.fulfilledBy.contains(event) { dues[timer.name] = nil }
        state = next
        steps.append(step)
    }

    private func isFromHolder(_ step: CaseStep<W>, _ event: W.Event) -> Bool {
        guard let seat = W.table.rule(of: event).holder else { return true }
        return holders(of: seat).contains { $0.actor == step.fields.actor && $0.node == step.fields.actorNode }
    }

    private func isFromCandidate(_ step: CaseStep<W>, _ event: W.Event) -> Bool {
        guard W.table.rule(of: event).isForCandidates else { return true }
        return step.fields.actorNode.map { candidates.contains($0.rawValue) } ?? false
    }

    private func hasRoom(_ step: CaseStep<W>, _ event: W.Event) -> Bool {
        guard let name = W.table.rule(of: event).fills else { return true }
        return canTake(name, step.fields.actor)
    }

    /// Whether somebody may still take a seat.
    package func canTake(_ name: String, _ actor: String) -> Bool {
        guard let seat = W.table.seats.first(where: { $0.name == name }) else { return false }
        let others = seat.distinctFrom.union([name]).flatMap { holders(of: $0) }
        return holders(of: name).count < seat.count && !others.contains { $0.actor == actor }
    }

    /// Where an event leads: where the table says, or nowhere yet where it takes a seat whose quorum it does not complete;
    /// `nil` where the table does not allow it.
    package func next(after event: W.Event, by role: W.Role) -> W.State? {
        guard let next = W.table.state(after: state, event, by: role) else { return nil }
        let seat = W.table.seats.first { $0.name == W.table.rule(of: event).fills }
        guard let seat, holders(of: seat.name).count + 1 < seat.quorum else { return next }
        return state
    }

    /// Whether of every line that a step is about so much is left.
    private func remains(for step: CaseStep<W>, of lines: [CaseItem]) -> Bool {
        guard !lines.isEmpty, W.table.itemMoves.isEmpty else { return true }
        return step.fields.items.allSatisfy { $0.quantity <= left($0.name, of: lines) }
    }

    /// How much of a line no event has taken yet.
    package func left(_ name: String, of lines: [CaseItem]) -> Int {
        let whole = lines.filter { $0.name == name }.reduce(0) { $0 + $1.quantity }
        let taken = steps.flatMap(\.fields.items).filter { $0.name == name }.reduce(0) { $0 + $1.quantity }
        return max(0, whole - taken)
    }

    package func holders(of seat: String) -> [SeatHolder] { seats[seat] ?? [] }

    /// The newest event of this number that the home decided: what the next one follows.
    package var last: CaseStep<W>? { steps.last }
    /// The number of the home's next event.
    package var nextNumber: Int { (steps.map(\.fields.number).max() ?? 0) + 1 }
    package var isSettled: Bool { W.table.isSettled(state) }
    /// Whether a home has begun and not ended it.
    package var isRunning: Bool { state != W.table.initial && !W.table.closed.contains(state) }

    /// The timers that run in this state, the next to run out first.
    package var running: [(timer: CaseTimer<W>, due: WallTime)] {
        W.table.timers.compactMap { timer in
            guard timer.runs(in: state), let due = dues[timer.name] else { return nil }
            return (timer, due)
        }.sorted { ($0.due, $0.timer.name) < ($1.due, $1.timer.name) }
    }

    /// By when the next event is due; `nil` where none is.
    package var deadline: WallTime? { running.first?.due }

    package func steps(_ event: W.Event) -> [CaseStep<W>] { steps.filter { $0.event == event } }

    /// Who may act next, as the newest event says that names anybody.
    package var candidates: [String] { steps.last { !$0.fields.candidates.isEmpty }?.fields.candidates ?? [] }
}
