package import Effects
package import Regions

/// The experts that a node's dispatch desk offers cases to.
package struct ExpertRoster: Hashable, Sendable {
    /// The node whose dispatch desk keeps the roster.
    package var home: NodeID
    package var experts: [Expert]

    package init(home: NodeID, experts: [Expert]) {
        self.home = home
        self.experts = experts
    }

    /// The experts of a specialty, in the order of the configuration.
    package func experts(for specialty: String) -> [Expert] {
        experts.filter { $0.specialties.contains(specialty) }
    }

    /// The experts of a specialty who are asked now: those on duty, or everybody where nobody is.
    ///
    /// First comes who has least of what they can take; among equals who stands first in the roster. Whoever has as much as
    /// they can take comes last: they may still take one more.
    ///
    /// - Parameter load: how many cases somebody has.
    package func asked(for specialty: String, at time: WallTime, load: (Expert) throws -> Int) rethrows -> [Expert] {
        let all = experts(for: specialty)
        let onDuty = all.filter { $0.isOnDuty(at: time) }
        let weighed = try (onDuty.isEmpty ? all : onDuty).enumerated().map { place, expert in
            (expert, expert.share(try load(expert)), place)
        }
        return weighed.sorted { ($0.1, $0.2) < ($1.1, $1.2) }.map(\.0)
    }
}

/// A doctor who answers for what others examined or ask.
package struct Expert: Hashable, Sendable {
    /// In the form of a ``NodeID``, unique in the region.
    package var id: String
    package var name: String
    /// The node at which the expert works.
    package var node: NodeID
    /// Such as `ecg`, `imaging`, `laboratory`, `pathology`.
    package var specialties: [String]
    /// Where the expert works; `nil`: at any unit that delivers to the node, as far as its register says so.
    package var unit: OrgUnitID?
    /// What not every expert may do, such as `audit`: to be the second reader.
    package var capabilities: [String]
    /// When the expert can be asked; none: at any time.
    package var duty: [DutyTime]
    package var absences: [Absence]
    /// How many cases the expert takes at a time; none: any number.
    package var capacity: Int?

    package init(
        id: String, name: String, node: NodeID, specialties: [String], unit: OrgUnitID? = nil,
        capabilities: [String] = [], duty: [DutyTime] = [], absences: [Absence] = [], capacity: Int? = nil
    ) {
        self.id = id
        self.name = name
        self.node = node
        self.specialties = specialties
        self.unit = unit
        self.capabilities = capabilities
        self.duty = duty
        self.absences = absences
        self.capacity = capacity
    }

    package func isOnDuty(at time: WallTime) -> Bool {
        let day = CaseCalendar.day(of: time)
        return !absences.contains { $0.days.contains(day) } && (duty.isEmpty || duty.contains { $0.covers(time) })
    }

    /// How much of what the expert takes at a time is taken, in thousandths; where they take any number, every case counts
    /// as one of ten.
    func share(_ load: Int) -> Int { load * 1_000 / max(1, capacity ?? 10) }
}

/// Hours of some days of the week in China's time; hours that end before they begin go on into the next day.
package struct DutyTime: Hashable, Sendable {
    /// From 1, Monday, to 7.
    package var weekdays: Set<Int>
    /// Minutes from midnight; the same twice: the whole day.
    package var from: Int
    package var to: Int

    package init(weekdays: Set<Int>, from: Int, to: Int) {
        self.weekdays = weekdays
        self.from = from
        self.to = to
    }

    package func covers(_ time: WallTime) -> Bool {
        let day = CaseCalendar.day(of: time)
        let minute = CaseCalendar.minute(of: time)
        let (today, yesterday) = (Self.weekday(of: day), Self.weekday(of: day - 1))
        if from < to { return weekdays.contains(today) && (from..<to).contains(minute) }
        return weekdays.contains(today) && minute >= from || weekdays.contains(yesterday) && minute < to
    }

    /// 1970-01-01 was a Thursday.
    private static func weekday(of day: Int) -> Int { ((day % 7) + 7 + 3) % 7 + 1 }
}

/// Days on which an expert is away; the last one too.
package struct Absence: Hashable, Sendable {
    /// As days since 1970 in China's time.
    package var days: ClosedRange<Int>

    package init(days: ClosedRange<Int>) { self.days = days }
}

extension RegionConfiguration {
    /// The experts by the node whose desk offers cases to them.
    package var rosters: [ExpertRoster] {
        get { section(RosterSection.self).rosters }
        set { set(RosterSection(rosters: newValue)) }
    }

    package func roster(at home: NodeID) -> ExpertRoster? { rosters.first { $0.home == home } }

    /// An expert of any roster.
    package func expert(_ id: String) -> Expert? { rosters.lazy.flatMap(\.experts).first { $0.id == id } }
}
