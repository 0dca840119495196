extension WorkflowTable {
    /// The table as Markdown, as it stands in the workflow's page.
    package func markdownTable() -> String {
        let head = ["| from | event | by | to | when |", "|---|---|---|---|---|"]
        let lines = transitions.map { line in
            "| \(line.from.rawValue) | \(line.event.rawValue) | \(line.role.rawValue) | \(line.to.rawValue) | \(line.occasion) |"
        }
        return (head + lines).joined(separator: "\n") + "\n"
    }

    /// The table as a Mermaid state diagram, as it stands in the workflow's page.
    package func mermaidDiagram() -> String {
        let lines = transitions.map { line in
            "    \(line.from.rawValue) --> \(line.to.rawValue): \(line.event.rawValue) (\(line.role.rawValue))"
        }
        return (["stateDiagram-v2", "    [*] --> \(initial.rawValue)"] + lines).joined(separator: "\n") + "\n"
    }

    /// The moves of its lines as Markdown, as they stand in the workflow's page; empty where lines have no states.
    package func markdownItems() -> String {
        guard !itemMoves.isEmpty else { return "" }
        let head = ["| a line that is | by | is then |", "|---|---|---|"]
        let lines = itemMoves.map { "| \($0.from ?? "new") | \($0.event.rawValue) | \($0.to) |" }
        return (head + lines).joined(separator: "\n") + "\n"
    }

    /// The timers as Markdown, as they stand in the workflow's page.
    package func markdownTimers() -> String {
        let head = ["| timer | started by | runs in | then |", "|---|---|---|---|"]
        let lines = timers.map { timer in
            let then: String
            switch timer.consequence {
            case .event(let event): then = event.rawValue
            case .notice: then = "shown as overdue"
            }
            var states = timer.isUnstoppable ? "every state" : words(timer.states)
            if !timer.fulfilledBy.isEmpty { states += " until \(words(timer.fulfilledBy))" }
            if timer.hours == .working { states += ", in working hours" }
            let start = timer.isStartedByCreation ? "the creation" : words(timer.startedBy)
            return "| \(timer.name) | \(start) | \(states) | \(then) |"
        }
        return (head + lines).joined(separator: "\n") + "\n"
    }

    private func words<Word: CaseWord>(_ words: Set<Word>) -> String {
        Word.allCases.filter(words.contains).map(\.rawValue).joined(separator: ", ")
    }
}

extension CaseTimer {
    /// Whether it runs from the time at which the case was made.
    package var isStartedByCreation: Bool {
        if case .creation = anchor { return true }
        return false
    }

    /// The events that start it.
    package var startedBy: Set<W.Event> {
        switch anchor {
        case .creation: []
        case .events(let events), .field(let events, _): events
        }
    }
}
