package import Effects

/// A clock of a workflow: from when, how long, in which states, and what follows when it runs out.
package struct CaseTimer<W: Workflow>: Sendable {
    package enum Anchor: Sendable {
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

    package var name: String
    package var anchor: Anchor
    package var lengthSeconds: @Sendable (W.Terms) -> Int
    /// Where it runs; every other state stops it.
    package var states: Set<W.State>
    /// A law's: it is shown until its consequence, whatever state the case is in.
    package var isUnstoppable: Bool
    /// Whether only working hours count, by the region's calendar.
    package var calendar: CaseCalendar
    package var consequence: Consequence

    package init(
        _ name: String, anchor: Anchor, states: Set<W.State>, isUnstoppable: Bool = false,
        calendar: CaseCalendar = .always, consequence: Consequence, lengthSeconds: @escaping @Sendable (W.Terms) -> Int
    ) {
        self.name = name
        self.anchor = anchor
        self.lengthSeconds = lengthSeconds
        self.states = states
        self.isUnstoppable = isUnstoppable
        self.calendar = calendar
        self.consequence = consequence
    }

    func runs(in state: W.State) -> Bool { isUnstoppable || states.contains(state) }

    /// By when it runs out that an event starts; `nil` where the event does not start it.
    func due(startedBy event: W.Event, at time: WallTime, _ fields: CaseFields<W>) -> WallTime? {
        let start: WallTime?
        switch anchor {
        case .events(let events): start = events.contains(event) ? time : nil
        case .field(let events, let read): start = events.contains(event) ? read(fields) : nil
        }
        return start.map { calendar.time(seconds: lengthSeconds(fields.terms), after: $0) }
    }
}

/// Which hours count.
package struct CaseCalendar: Sendable, Equatable {
    /// Minutes of a day in China's time, from and to; none: the whole day.
    package var dayMinutes: Range<Int>?
    /// Days that do not count, as days since 1970 in China's time; weekends are among them where they do not count.
    package var holidays: Set<Int>
    package var countsWeekends: Bool

    package static let always = CaseCalendar(dayMinutes: nil, holidays: [], countsWeekends: true)

    package init(dayMinutes: Range<Int>?, holidays: Set<Int>, countsWeekends: Bool) {
        self.dayMinutes = dayMinutes
        self.holidays = holidays
        self.countsWeekends = countsWeekends
    }

    private static let dayMilliseconds: Int64 = 86_400_000
    private static let chinaMilliseconds: Int64 = 8 * 3_600_000
    /// No term is longer, with all its holidays.
    private static let daysAtMost = 4_000

    /// The moment at which so many counting seconds have passed.
    package func time(seconds: Int, after start: WallTime) -> WallTime {
        var left = Int64(max(0, min(seconds, Limits.termSeconds))) * 1_000
        guard self != .always else { return start.advanced(byMilliseconds: left) }
        let bound = Limits.peerTimeMilliseconds
        let local = min(max(start.milliseconds, -bound), bound) + Self.chinaMilliseconds
        var day = Int(local.quotient(Self.dayMilliseconds))
        var passed = local - Int64(day) * Self.dayMilliseconds
        for _ in 0..<Self.daysAtMost {
            if counts(day) {
                let from = max(passed, Int64(dayMinutes?.lowerBound ?? 0) * 60_000)
                let room = max(0, Int64(dayMinutes?.upperBound ?? 1_440) * 60_000 - from)
                if left <= room {
                    let end = Int64(day) * Self.dayMilliseconds + from + left
                    return WallTime(milliseconds: end - Self.chinaMilliseconds)
                }
                left -= room
            }
            day += 1
            passed = 0
        }
        return start.advanced(byMilliseconds: Int64(Self.daysAtMost) * Self.dayMilliseconds)
    }

    private func counts(_ day: Int) -> Bool {
        // 1970-01-01 was a Thursday.
        let weekday = ((day % 7) + 7 + 3) % 7
        return !holidays.contains(day) && (countsWeekends || weekday < 5)
    }
}

extension Int64 {
    /// The quotient, rounded down.
    fileprivate func quotient(_ divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
