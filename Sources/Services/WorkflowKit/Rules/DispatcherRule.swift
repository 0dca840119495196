package import Effects
package import Regions

/// When the dispatcher opens another attempt, and where; decided from the record, the region and the time alone.
///
/// It needs no word of a home that is silent: past deadline and grace on the dispatcher's own clock, counted from when
/// the last word arrived, the home counts as unreachable.
package struct DispatcherRule<W: Workflow> {
    var plan: AttemptPlan<W>
    var tree: ManagementTree
    var configuration: RegionConfiguration

    /// - Returns: none where the workflow has no attempts: then the dispatcher decides nothing.
    package init?(tree: ManagementTree, configuration: RegionConfiguration) {
        guard let plan = W.table.attempts else { return nil }
        self.plan = plan
        self.tree = tree
        self.configuration = configuration
    }

    package enum Decision: Equatable {
        case open(attempt: Int, home: NodeID)
        case wait(until: WallTime?)
        /// Another attempt is due, and no home is left that is suitable: the case stays open.
        case unserved
    }

    package func decision(for record: CaseRecord<W>, at now: WallTime) -> Decision {
        if record.isSettled { return .wait(until: nil) }
        if let due = due(record), now < due { return .wait(until: due) }
        guard let home = nextHome(for: record) else { return .unserved }
        let attempt = max(1, record.begun.last?.number ?? 1) + 1
        return attempt <= Limits.caseAttempts ? .open(attempt: attempt, home: home) : .unserved
    }

    /// When another attempt is due; `nil` where it is due at once.
    private func due(_ record: CaseRecord<W>) -> WallTime? {
        let grace = Int64(plan.graceSeconds(record.terms)) * 1_000
        guard let newest = record.begun.last else {
            guard let creation = record.creation else { return nil }
            // The home may be slow to hear of it as well: what was long on its way is not late at arrival.
            let start = max(record.terms.madeTime, creation.receivedTime)
            return start.advanced(byMilliseconds: Int64(plan.firstSeconds(record.terms)) * 1_000 + grace)
        }
        let running = record.begun.filter { $0.number == newest.number }.compactMap { attempt in
            attempt.deadline.map { max($0, attempt.last?.receivedTime ?? $0) }
        }
        return running.max()?.advanced(byMilliseconds: grace)
    }

    /// The origin's city, then the city's counties in the order of their ids: the first that is suitable and was no home of
    /// this case yet.
    private func nextHome(for record: CaseRecord<W>) -> NodeID? {
        guard let city = tree.city(of: record.id.origin) else { return nil }
        var used = Set(record.begun.map(\.home))
        if let first = W.table.creation.firstHome(record.id.origin, tree) { used.insert(first) }
        return ([city] + tree.children(of: city)).first { node in
            !used.contains(node) && plan.isSuitable(node, record.terms, configuration)
        }
    }
}
