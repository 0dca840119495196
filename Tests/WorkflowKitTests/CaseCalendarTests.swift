import Effects
import Testing
import WorkflowKit

/// Which hours count towards a deadline; times are China's.
struct CaseCalendarTests {
    private func time(_ text: String) throws -> WallTime { try WallTime(recorded: text) }

    private let office = CaseCalendar(dayMinutes: 8 * 60..<17 * 60, holidays: [20_788], countsWeekends: false)

    @Test func `working hours are added up over nights, weekends and holidays`() throws {
        // 2026-12-01 is a Tuesday, day 20,788 since 1970, and a holiday here.
        let monday = try time("2026-11-30T16:00:00+08:00")
        #expect(office.time(seconds: 3_600, after: monday) == (try time("2026-11-30T17:00:00+08:00")))
        #expect(office.time(seconds: 7_200, after: monday) == (try time("2026-12-02T09:00:00+08:00")))
        let friday = try time("2026-12-04T20:00:00+08:00")
        #expect(office.time(seconds: 60, after: friday) == (try time("2026-12-07T08:01:00+08:00")))
    }

    @Test func `without a calendar every second counts`() throws {
        let start = try time("2026-12-05T03:00:00+08:00")
        #expect(CaseCalendar.always.time(seconds: 90, after: start) == start.advanced(byMilliseconds: 90_000))
    }

    @Test func `a calendar in which nothing counts ends all the same`() throws {
        let never = CaseCalendar(dayMinutes: 600..<600, holidays: [], countsWeekends: true)
        #expect(never.time(seconds: 1, after: .epoch) > .epoch)
    }
}
