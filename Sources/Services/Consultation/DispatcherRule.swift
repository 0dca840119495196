import Effects
import Regions

/// When the dispatcher opens another attempt, and where; decided from the record, the region and the time alone.
///
/// It needs no word of a home that is silent: past deadline and grace on the dispatcher's own clock, counted from when
/// the last word arrived, the home counts as unreachable.
struct DispatcherRule {
    var tree: ManagementTree
    var configuration: RegionConfiguration

    enum Decision: Equatable {
        case open(attempt: Int, home: NodeID)
        case wait(until: WallTime?)
        /// Another attempt is due, and no home is left that has an expert: the request stays open.
        case unserved
    }

    func decision(for record: ConsultationRecord, at now: WallTime) -> Decision {
        if record.isReported { return .wait(until: nil) }
        if let due = due(record), now < due { return .wait(until: due) }
        guard let home = nextHome(for: record) else { return .unserved }
        let attempt = max(1, record.begun.last?.number ?? 1) + 1
        return attempt <= Limits.consultationAttempts ? .open(attempt: attempt, home: home) : .unserved
    }

    /// When another attempt is due; `nil` where it is due at once.
    private func due(_ record: ConsultationRecord) -> WallTime? {
        guard let newest = record.begun.last else {
            guard let request = record.request else { return nil }
            // The home may be slow to hear of it as well: a request that was long on its way is not late at arrival.
            let start = max(record.terms.requestedTime, request.receivedTime)
            return record.terms.claimDeadline(from: start).advanced(byMilliseconds: record.terms.graceMilliseconds)
        }
        let running = record.begun.filter { $0.number == newest.number }.compactMap { attempt in
            attempt.deadline.map { max($0, attempt.last?.receivedTime ?? $0) }
        }
        return running.max()?.advanced(byMilliseconds: record.terms.graceMilliseconds)
    }

    /// The requester's city, then the city's counties in the order of their ids: the first that has an expert of the
    /// specialty and was no home of this request yet.
    private func nextHome(for record: ConsultationRecord) -> NodeID? {
        guard let city = tree.city(of: record.requester) else { return nil }
        var used = Set(record.begun.map(\.home))
        if let first = HomeRule.firstHome(of: record.requester, in: tree) { used.insert(first) }
        return ([city] + tree.children(of: city)).first { node in
            !used.contains(node)
                && configuration.roster(at: node)?.experts(for: record.terms.specialty).isEmpty == false
        }
    }
}
