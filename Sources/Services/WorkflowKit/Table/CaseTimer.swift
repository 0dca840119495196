package import Effects
import Regions

/// A clock of a workflow: from when, how long, in which states, and what follows when it runs out.
package struct CaseTimer<W: Workflow>: Sendable {
    package enum Anchor: Sendable {
        /// The time at which the case was made; for workflows whose cases have one course.
        case creation
        /// The time of any of these events; each starts it anew.
        case events(Set<W.Event>)
        /// A time that an event carries: a law's clock runs from the diagnosis, whenever it was written down.
        case field(Set<W.Event>, @Sendable (CaseFields<W>) -> WallTime?)
    }

    package enum Consequence: Sendable {
        /// The home decides this event.
        case event(W.Event)
        /// It is shown as overdue; nobody decides for those who are late.
        case notice
    }

    /// Which time counts.
    package enum Hours: Sendable {
        case all
        /// The hours in which people work, by the region's calendar (``WorkingHours``).
        case working
    }

    package var name: String
    package var anchor: Anchor
    /// None: by these terms it does not run.
    package var lengthSeconds: @Sendable (W.Terms) -> Int?
    /// Where it runs; every other state stops it.
    package var states: Set<W.State>
    /// A law's: it is shown until what the law wants was done (``fulfilledBy``), whatever state the case is in.
    package var isUnstoppable: Bool
    package var hours: Hours
    /// What ends it, in whatever state: what it waits for was done.
    package var fulfilledBy: Set<W.Event>
    package var consequence: Consequence

    package init(
        _ name: String, anchor: Anchor, states: Set<W.State>, isUnstoppable: Bool = false,
        hours: Hours = .all, fulfilledBy: Set<W.Event> = [], consequence: Consequence,
        lengthSeconds: @escaping @Sendable (W.Terms) -> Int?
    ) {
        self.name = name
        self.anchor = anchor
        self.lengthSeconds = lengthSeconds
        self.states = states
        self.isUnstoppable = isUnstoppable
        self.hours = hours
        self.fulfilledBy = fulfilledBy
        self.consequence = consequence
    }

    func runs(in state: W.State) -> Bool { isUnstoppable || states.contains(state) }

    /// By when it runs out that an event starts, or the creation where there is none; `nil` where that does not start it.
    func due(
        startedBy event: W.Event?, at time: WallTime, _ fields: CaseFields<W>, _ configuration: RegionConfiguration
    ) -> WallTime? {
        let start: WallTime?
        switch (anchor, event) {
        case (.creation, nil): start = time
        case (.events(let events), let event?): start = events.contains(event) ? time : nil
        case (.field(let events, let read), let event?): start = events.contains(event) ? read(fields) : nil
        default: start = nil
        }
        let calendar = hours == .working ? configuration.workingHours.calendar : .always
        guard let start, let seconds = lengthSeconds(fields.terms) else { return nil }
        return calendar.time(seconds: seconds, after: start)
    }
}

extension WorkflowTable {
    /// By when those timers run out that an event starts, or the creation where there is none.
    func dues(
        startedBy event: W.Event?, at time: WallTime, _ fields: CaseFields<W>, _ configuration: RegionConfiguration
    ) -> [String: WallTime] {
        timers.reduce(into: [:]) { dues, timer in
            if let due = timer.due(startedBy: event, at: time, fields, configuration) { dues[timer.name] = due }
        }
    }
}
