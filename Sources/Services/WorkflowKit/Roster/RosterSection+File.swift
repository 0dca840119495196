import Effects
package import Regions

extension RosterSection {
    package init(_ file: inout RegionFileReader) {
        self.init()
        for item in file.root.mappings("rosters", required: false, what: "a roster", keys: ["home", "experts"]) {
            let home = item.required("home") { try NodeID($0) }
            let experts = Self.experts(item, roster: rosters.count, &file)
            guard let home else {
                file.excuse(nil)
                continue
            }
            file.place("rosters.\(rosters.count)", at: item)
            rosters.append(ExpertRoster(home: home, experts: experts))
        }
    }

    private static func experts(
        _ roster: YAMLMapping, roster position: Int, _ file: inout RegionFileReader
    ) -> [Expert] {
        var experts: [Expert] = []
        let keys = ["id", "name", "node", "specialties", "unit", "capabilities", "duty", "absent", "capacity"]
        for item in roster.mappings("experts", required: true, what: "an expert", keys: keys) {
            let id = item.required("id") { try NameForm.check($0, "an expert's id") }
            let name = item.required("name", YAMLValue.text)
            let node = item.required("node") { try NodeID($0) }
            let specialties = item.list("specialties", required: true, YAMLValue.word)
            let unit = item.optional("unit") { try OrgUnitID($0) }
            let capabilities = item.list("capabilities", required: false, YAMLValue.word)
            let duty = item.list("duty", required: false, DutyTime.init(text:))
            let absences = item.list("absent", required: false, Absence.init(text:))
            let capacity = item.optional(
                "capacity", YAMLValue.number(1...UInt32(Limits.expertCapacity), unit: "cases at a time"))
            guard let id, let name, let node else {
                file.excuse(id)
                continue
            }
            file.place("rosters.\(position).experts.\(experts.count)", at: item)
            experts.append(
                Expert(
                    id: id, name: name, node: node, specialties: specialties, unit: unit, capabilities: capabilities,
                    duty: duty, absences: absences, capacity: capacity.map(Int.init)))
        }
        return experts
    }
}

extension DutyTime {
    private static let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// Reads `Mon-Fri 08:00-18:00`, `Sat 20:00-08:00`, `Mon-Sun`.
    ///
    /// - Throws: `config.badValue`.
    init(text: String) throws {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let bad = Failure(
            "config.badValue", "\(NameForm.shown(text)) is no time of duty", remedy: "write it as Mon-Fri 08:00-18:00")
        let days = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { name in
            Self.names.firstIndex(of: String(name)).map { $0 + 1 }
        }
        guard parts.count <= 2, (1...2).contains(days.count), let first = days[0], let last = days[days.count - 1],
            first <= last
        else { throw bad }
        guard parts.count == 2 else {
            self.init(weekdays: Set(first...last), from: 0, to: 0)
            return
        }
        let hours = parts[1].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard hours.count == 2 else { throw bad }
        self.init(
            weekdays: Set(first...last), from: try WorkingHours.minutes(hours[0]) % 1_440,
            to: try WorkingHours.minutes(hours[1]))
    }

    /// In the form in which it is read.
    package var text: String {
        let days = weekdays.sorted()
        guard let first = days.first, let last = days.last, (1...7).contains(first), (1...7).contains(last) else {
            return ""
        }
        let names = first == last ? Self.names[first - 1] : "\(Self.names[first - 1])-\(Self.names[last - 1])"
        return from == 0 && to == 0 ? names : "\(names) \(WorkingHours.clock(from))-\(WorkingHours.clock(to))"
    }
}

extension Absence {
    /// Reads a day, 2026-10-01, or days, 2026-10-01..2026-10-07.
    ///
    /// - Throws: `config.badValue`.
    init(text: String) throws {
        let days = try text.replacing("..", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map {
            try WorkingHours.day(String($0))
        }
        guard (1...2).contains(days.count), days[0] <= days[days.count - 1] else {
            throw Failure(
                "config.badValue", "\(NameForm.shown(text)) are no days of absence",
                remedy: "write them as 2026-10-01..2026-10-07")
        }
        self.init(days: days[0]...days[days.count - 1])
    }

    /// In the form in which it is read.
    package var text: String {
        let (first, last) = (WorkingHours.text(days.lowerBound), WorkingHours.text(days.upperBound))
        return first == last ? first : "\(first)..\(last)"
    }
}
