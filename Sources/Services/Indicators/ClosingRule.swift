import Effects
import Regions

/// Whether a unit's period is closed now: a pure decision.
struct ClosingRule: Sendable {
    /// What is known of the period.
    struct Facts: Sendable, Equatable {
        var period: ReportingPeriod
        /// How many units stand directly below, and how many of them have not submitted.
        var childCount: Int
        var missingCount: Int
        /// When the newest edition was closed; `nil` where there is none.
        var closedAt: WallTime?
        /// Whether the newest edition no longer tells what is known.
        var isChanged: Bool
    }

    enum Decision: Sendable, Equatable {
        case close
        case wait(until: WallTime)
        /// Published, and nothing has changed since.
        case settled
    }

    var tier: Tier
    var schedule: ClosingSchedule

    /// Says what to do now.
    ///
    /// Nothing is closed before the period's end. The first edition comes when everybody below has submitted, else at
    /// the deadline; an amendment comes when something changed, at most once per closing delay.
    func decide(_ facts: Facts, now: WallTime) -> Decision {
        guard now >= facts.period.end else { return .wait(until: facts.period.end) }
        let isComplete = facts.childCount > 0 && facts.missingCount == 0
        let deadline = isComplete ? facts.period.end : schedule.deadline(of: facts.period, tier: tier)
        guard let closedAt = facts.closedAt else { return now >= deadline ? .close : .wait(until: deadline) }
        guard facts.isChanged else { return .settled }
        var due = schedule.amendment(of: facts.period, after: closedAt)
        if closedAt < facts.period.end { due = max(due, deadline) }
        return now >= due ? .close : .wait(until: due)
    }
}
