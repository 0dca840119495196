import Effects
package import Regions
import SwiftProtobuf

/// When people work in the region: which hours count for what is due in working hours.
///
/// A region that writes nothing lets every hour count, so that nothing is due later than its terms say.
package struct WorkingHours: RegionSection {
    package static let name = "workingHours"
    package static let keys = ["workingHours"]
    package static let unwritten = WorkingHours(calendar: .always)

    package var calendar: CaseCalendar

    package init(calendar: CaseCalendar) { self.calendar = calendar }

    package func check(in checker: inout RegionChecker) {
        let (holidays, workdays) = (calendar.holidays, calendar.workdays)
        if let day = holidays.intersection(workdays).min() {
            checker.find(
                "region.badDay", "workingHours", key: "workdays",
                "\(Self.text(day)) is a holiday and a workday", remedy: "take it out of one of the two lists")
        }
        if let day = workdays.filter({ !CaseCalendar.isWeekend($0) }).min() {
            checker.find(
                "region.badDay", "workingHours", key: "workdays", "\(Self.text(day)) counts without being named",
                remedy: "name only the days of weekends on which people work")
        }
    }

    package func compare(with old: Self, in difference: inout RegionDifference) {
        difference.compare([old.item], [item])
        difference.compare(Self.days(old), Self.days(self))
    }

    package var contents: SectionContents? {
        guard calendar != .always else { return nil }
        return SectionContents(
            Self.name, figures: ["holidays": calendar.holidays.count],
            lines: [
                "\(Self.name): \(hours), \(calendar.countsWeekends ? "every day" : "Monday to Friday"), "
                    + "\(calendar.holidays.count) holidays, \(calendar.workdays.count) workdays of weekends"
            ])
    }

    private var hours: String {
        calendar.dayMinutes.map { "\(Self.clock($0.lowerBound)) to \(Self.clock($0.upperBound))" } ?? "the whole day"
    }

    private var item: RegionDifference.Item {
        RegionDifference.Item(
            "working hours", [("hours", hours), ("weekends", calendar.countsWeekends ? "count" : "do not count")])
    }

    private static func days(_ hours: WorkingHours) -> [RegionDifference.Item] {
        hours.calendar.holidays.sorted().map { RegionDifference.Item("holiday \(text($0))", [("counts", "no")]) }
            + hours.calendar.workdays.sorted().map { RegionDifference.Item("workday \(text($0))", [("counts", "yes")]) }
    }

    static func text(_ day: Int) -> String {
        CivilDateTime(WallTime(milliseconds: Int64(day) * CaseCalendar.dayMilliseconds)).date
    }

    static func clock(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }
}

extension RegionConfiguration {
    /// When people work.
    package var workingHours: WorkingHours {
        get { section(WorkingHours.self) }
        set { set(newValue) }
    }
}
