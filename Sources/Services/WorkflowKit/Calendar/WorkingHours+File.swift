import Effects
package import Regions

extension WorkingHours {
    package init(_ file: inout RegionFileReader) {
        self = .unwritten
        let keys = ["from", "to", "weekends", "holidays", "workdays"]
        guard
            let section = file.root.mapping("workingHours", required: false, what: "'workingHours'", keys: keys)
        else { return }
        file.place("workingHours", at: section)
        let from = section.required("from", Self.minutes)
        let to = section.required("to", Self.minutes)
        let weekends = section.optional("weekends", default: "false", YAMLValue.flag)
        let holidays = section.list("holidays", required: false, Self.day)
        let workdays = section.list("workdays", required: false, Self.day)
        for (key, days) in [("holidays", holidays), ("workdays", workdays)] where days.count > Limits.calendarDays {
            section.report(
                "config.badValue", "'\(key)' has more than \(Limits.calendarDays) days", key: key,
                remedy: "take out those that lie in the past")
        }
        guard let from, let to, let weekends else { return }
        guard from < to else {
            section.report(
                "config.badValue", "people would begin to work when they have ended", key: "to",
                remedy: "write a later time than 'from'")
            return
        }
        calendar = CaseCalendar(
            dayMinutes: from..<to, holidays: Set(holidays), countsWeekends: weekends, workdays: Set(workdays))
    }

    /// A time of day, as minutes from midnight.
    static func minutes(_ text: String) throws -> Int {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let digits = parts.joined().utf8
        guard parts.map(\.utf8.count) == [2, 2], digits.allSatisfy({ (48...57).contains($0) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1_440
        else {
            throw Failure(
                "config.badValue", "\(NameForm.shown(text)) is not a time of day", remedy: "write it as 08:00")
        }
        return hour * 60 + minute
    }

    /// A day, as days since 1970 in China's time.
    static func day(_ text: String) throws -> Int {
        guard text.utf8.count == 10, let time = try? WallTime(recorded: text) else {
            throw Failure(
                "config.badValue", "\(NameForm.shown(text)) is not a day", remedy: "write it as 2026-10-01")
        }
        return CaseCalendar.day(of: time)
    }
}
