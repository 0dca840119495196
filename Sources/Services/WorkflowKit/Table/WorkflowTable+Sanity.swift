extension WorkflowTable {
    /// What is wrong with the table; empty for one that can be used.
    ///
    /// Every registered workflow is held to it by a test.
    package func problems() -> [String] {
        lineProblems() + stateProblems() + eventProblems() + audienceProblems() + timerProblems() + partProblems()
            + recurrenceProblems() + itemProblems()
    }

    private func lineProblems() -> [String] {
        let keys = transitions.map { "\($0.from.rawValue) \($0.event.rawValue) \($0.role.rawValue)" }
        return Dictionary(grouping: keys) { $0 }.filter { $0.value.count > 1 }.keys.sorted().map {
            "the line '\($0)' stands twice"
        }
    }

    /// Each state can be reached; one that is not closed has an exit, and somebody who owns it.
    private func stateProblems() -> [String] {
        var problems: [String] = []
        var reached: Set<W.State> = [initial]
        while true {
            let next = reached.union(transitions.filter { reached.contains($0.from) }.map(\.to))
            if next == reached { break }
            reached = next
        }
        for state in W.State.allCases {
            let exits = transitions.filter { $0.from == state }
            if !reached.contains(state) { problems.append("nothing leads to the state \(state.rawValue)") }
            if closed.contains(state) { continue }
            if exits.allSatisfy({ $0.to == state }) { problems.append("the state \(state.rawValue) has no exit") }
            let owners = exits.map(\.role).filter { $0 == homeRole || $0 == dispatcherRole || rule(of: $0) != nil }
            if owners.isEmpty { problems.append("the state \(state.rawValue) has no owner") }
        }
        if closed.isEmpty { problems.append("no state is closed: no case would ever end") }
        for state in settled where !closed.contains(state) {
            problems.append("the settled state \(state.rawValue) is not closed")
        }
        return problems
    }

    /// Each event has one rule, a line, a kind of its own and somebody who reads it.
    private func eventProblems() -> [String] {
        var problems: [String] = []
        for event in W.Event.allCases {
            let rules = events.filter { $0.event == event }
            guard let rule = rules.first, rules.count == 1 else {
                problems.append("the event \(event.rawValue) has \(rules.count) rules")
                continue
            }
            if !transitions.contains(where: { $0.event == event }) {
                problems.append("the event \(event.rawValue) stands in no line")
            }
            if rule.readers.isEmpty, rule.headerAudience == .own {
                problems.append("nobody reads the event \(event.rawValue)")
            }
            if rule.payloadAudience > rule.headerAudience {
                problems.append("what is written with \(event.rawValue) would go further than its header")
            }
            if attempts != nil, rule.handover != nil {
                problems.append("\(event.rawValue) hands an attempt over, which has one home")
            }
            if rule.way == .stated, rule.namesTarget {
                problems.append("\(event.rawValue) is stated on the spot and names another node")
            }
            if rule.way == .stated, transitions.contains(where: { $0.event == event && $0.role == homeRole }) {
                problems.append("\(event.rawValue) is stated and decided")
            }
        }
        let kinds = [creation.kind] + events.map(\.kind)
        if Set(kinds).count != kinds.count { problems.append("two events have one kind") }
        return problems
    }

    /// Where others write after a home's entries, every node has those it wrote on its parent's disk: else a city whose disk
    /// was put back is never given back what stands at others, and theirs, which follow from it, are set aside there.
    private func audienceProblems() -> [String] {
        guard isContinuedByOthers else { return [] }
        let narrow = events.filter { $0.headerAudience < .region }.map(\.event.rawValue)
        return ((creation.headerAudience < .region ? [creation.role.rawValue] : []) + narrow).map {
            "others write after \($0), whose header stays below the region"
        }
    }

    /// Each timer is started, runs somewhere, and has a consequence that is possible wherever it runs.
    private func timerProblems() -> [String] {
        timers.flatMap { timer -> [String] in
            var problems: [String] = []
            if timer.isStartedByCreation, attempts != nil {
                problems.append("the timer \(timer.name) runs from a creation that no attempt has")
            }
            if timer.startedBy.isEmpty, !timer.isStartedByCreation {
                problems.append("nothing starts the timer \(timer.name)")
            }
            let states = timer.isUnstoppable ? Set(W.State.allCases) : timer.states
            if states.isEmpty { problems.append("the timer \(timer.name) runs nowhere") }
            if timer.isUnstoppable, timer.fulfilledBy.isEmpty {
                problems.append("the timer \(timer.name) cannot be stopped, and nothing fulfils it")
            }
            guard case .event(let event) = timer.consequence else { return problems }
            if timer.isUnstoppable {
                problems.append("the timer \(timer.name) cannot be stopped and would move a case from every state")
            }
            for state in states where self.state(after: state, event, by: homeRole) == nil {
                if isPassedByItself(state) { continue }
                problems.append("the timer \(timer.name) runs out in \(state.rawValue) without a consequence")
            }
            return problems
        }
    }

    /// Whether the home leaves a state by itself: in every one of its lines the home acts.
    private func isPassedByItself(_ state: W.State) -> Bool {
        let exits = transitions.filter { $0.from == state }
        return !exits.isEmpty && exits.allSatisfy { $0.role == homeRole }
    }

    private func recurrenceProblems() -> [String] {
        var problems = recurrences.flatMap { $0.problems(self) }
        if Set(recurrences.map(\.child)).count != recurrences.count {
            problems.append("two series are of one workflow")
        }
        for recurrence in recurrences {
            if recurrence.states.isEmpty || !recurrence.states.isDisjoint(with: closed) {
                problems.append("a series of \(recurrence.child) is made in no state, or of a closed case")
            }
        }
        // No township looks after attempts, and it may be one that made the case.
        if attempts != nil, !recurrences.isEmpty { problems.append("a case with attempts makes others") }
        return problems
    }

    private func partProblems() -> [String] {
        var problems: [String] = []
        let names = Set(seats.map(\.name))
        if names.count != seats.count { problems.append("two seats have one name") }
        for rule in events {
            for seat in [rule.fills, rule.frees, rule.holder].compactMap({ $0 }) where !names.contains(seat) {
                problems.append("\(rule.event.rawValue) names a seat '\(seat)' that there is none")
            }
        }
        for seat in seats {
            if !events.contains(where: { $0.fills == seat.name }) {
                problems.append("nothing fills the seat \(seat.name)")
            }
            if seat.count < 1 { problems.append("the seat \(seat.name) has no place") }
            if seat.count >= 1, !(1...seat.count).contains(seat.quorum) {
                problems.append("the seat \(seat.name) never has its quorum")
            }
            let takers = Set(events.filter { $0.fills == seat.name }.map(\.event))
            if transitions.contains(where: { takers.contains($0.event) && $0.role != seat.role }) {
                problems.append("the seat \(seat.name) is taken in another role than its own")
            }
            for other in seat.distinctFrom where !names.contains(other) {
                problems.append("the seat \(seat.name) differs from '\(other)' that there is none")
            }
        }
        for role in W.Role.allCases {
            let isUsed = transitions.contains { $0.role == role } || creation.role == role
            if !isUsed { problems.append("the role \(role.rawValue) does nothing") }
            let isNode = role == homeRole || role == dispatcherRole
            let acts = transitions.contains { $0.role == role }
            if acts, isNode == (rule(of: role) != nil) {
                problems.append("the role \(role.rawValue) has no rule of its own")
            }
        }
        for role in W.Role.allCases where creation.readers.contains(role) && rule(of: role) == nil {
            problems.append("the role \(role.rawValue) reads and has no rule of its own")
        }
        if let attempts {
            if dispatcherRole == nil { problems.append("nobody opens a second attempt") }
            for state in attempts.withdrawal.states
            where self.state(after: state, attempts.withdrawal.event, by: homeRole) == nil {
                problems.append("an attempt that is \(state.rawValue) cannot be withdrawn")
            }
        }
        return problems
    }
}
