package import Effects
package import Regions

/// What a home does next about a case, decided from the record, the region and the time alone.
package struct HomeRule<W: Workflow> {
    package var node: NodeID
    package var tree: ManagementTree
    package var configuration: RegionConfiguration

    package init(node: NodeID, tree: ManagementTree, configuration: RegionConfiguration) {
        self.node = node
        self.tree = tree
        self.configuration = configuration
    }

    package enum Action: Equatable {
        case open
        case move(CaseAttempt<W>, HomeMove<W>)
    }

    /// What is to be done now, or else when to look again.
    package enum Decision: Equatable {
        case act(Action)
        case wait(until: WallTime?)
    }

    /// - Parameter load: how many cases somebody has (``HomeQuestion/load``).
    package func decision(
        for record: CaseRecord<W>, at now: WallTime, load: @escaping (String) throws -> Int = { _ in 0 }
    ) throws -> Decision {
        if W.table.attempts != nil, record.begun.isEmpty {
            let first = W.table.creation.firstHome(record.id.origin, tree)
            return record.creation != nil && first == node ? .act(.open) : .wait(until: nil)
        }
        var due: WallTime?
        for attempt in record.attempts where attempt.home == node {
            switch try decision(for: attempt, of: record, at: now, load) {
            case .act(let action): return .act(action)
            case .wait(let until): due = [due, until].compactMap { $0 }.min()
            }
        }
        return .wait(until: due)
    }

    private func decision(
        for attempt: CaseAttempt<W>, of record: CaseRecord<W>, at now: WallTime,
        _ load: @escaping (String) throws -> Int
    ) throws -> Decision {
        if let withdrawal = W.table.attempts?.withdrawal, record.isSettled, withdrawal.states.contains(attempt.state) {
            return .act(.move(attempt, HomeMove(withdrawal.event, reason: withdrawal.reason)))
        }
        let question = HomeQuestion(
            record: record, attempt: attempt, node: node, tree: tree, configuration: configuration, now: now, load: load
        )
        if let move = try W.automatic(question) { return .act(.move(attempt, move)) }
        for (timer, due) in attempt.running {
            guard case .event(let event) = timer.consequence,
                W.table.state(after: attempt.state, event, by: W.table.homeRole) != nil
            else { continue }
            if due > now { return .wait(until: due) }
            return .act(.move(attempt, HomeMove(event, reason: timer.name)))
        }
        return .wait(until: nil)
    }
}
