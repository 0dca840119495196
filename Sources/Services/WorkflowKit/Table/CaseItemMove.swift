/// What an event does to the lines below a case that it names, where lines have states of their own: the specimens of a
/// request, the doses of a prescription.
///
/// A workflow without moves counts its lines instead: so much was ordered, so much is left.
package struct CaseItemMove<W: Workflow>: Hashable, Sendable {
    package var event: W.Event
    /// In which state the line must be; `nil`: no event has named it yet.
    package var from: String?
    package var to: String

    package init(_ event: W.Event, from: String?, to: String) {
        self.event = event
        self.from = from
        self.to = to
    }
}

extension WorkflowTable {
    /// Whether an event is about lines that have states.
    package func movesItems(_ event: W.Event) -> Bool { itemMoves.contains { $0.event == event } }

    /// Where a line stands after an event; `nil` where the table does not allow it.
    func itemState(after state: String?, _ event: W.Event) -> String? {
        itemMoves.first { $0.event == event && $0.from == state }?.to
    }

    /// Each state of a line can be reached, and each event leads one way from it.
    func itemProblems() -> [String] {
        var problems: [String] = []
        var reached: Set<String?> = [nil]
        while true {
            let next = reached.union(itemMoves.filter { reached.contains($0.from) }.map { $0.to as String? })
            if next == reached { break }
            reached = next
        }
        for move in itemMoves where !reached.contains(move.from) {
            problems.append("no line is ever \(move.from ?? ""), from which \(move.event.rawValue) leads")
        }
        let ways = Dictionary(grouping: itemMoves) { "\($0.event.rawValue) \($0.from ?? "")" }
        problems += ways.filter { $0.value.count > 1 }.keys.sorted().map { "a line goes two ways by '\($0)'" }
        return problems
    }
}

extension CaseAttempt {
    /// The first of the lines that an event names which does not allow it, with where it stands; `nil` where all do.
    package func refusedItem(of items: [CaseItem], by event: W.Event) -> (name: String, state: String?)? {
        guard W.table.movesItems(event) else { return nil }
        let refused = items.first { W.table.itemState(after: itemStates[$0.name], event) == nil }
        return refused.map { ($0.name, itemStates[$0.name]) }
    }

    /// Whether every line that a step names allows it; an event about lines names one at least, and each once.
    func allowsItems(of step: CaseStep<W>, _ event: W.Event) -> Bool {
        guard W.table.movesItems(event) else { return W.table.itemMoves.isEmpty || step.fields.items.isEmpty }
        let names = step.fields.items.map(\.name)
        return !names.isEmpty && Set(names).count == names.count && refusedItem(of: step.fields.items, by: event) == nil
    }
}
