import Effects
import Regions
import Testing
import WorkflowKit

/// Who of a roster is asked, and when.
struct RosterTests {
    /// 2026-12-01, a Tuesday.
    private static func time(_ day: Int, _ clock: String) throws -> WallTime {
        try WallTime(text: "2026-12-\(day < 10 ? "0" : "")\(day)T\(clock):00+08:00")
    }

    private static func expert(
        _ id: String, duty: [DutyTime] = [], absences: [Absence] = [], capacity: Int? = nil
    ) throws -> Expert {
        Expert(
            id: id, name: id, node: try NodeID("shi"), specialties: ["ecg"], duty: duty, absences: absences,
            capacity: capacity)
    }

    @Test(arguments: [
        (1, "07:59", false), (1, "08:00", true), (1, "17:59", true), (1, "18:00", false), (5, "09:00", false),
    ])
    func `duty by day begins and ends on the minute, on its days alone`(day: Int, clock: String, isOn: Bool) throws {
        let duty = DutyTime(weekdays: Set(1...5), from: 480, to: 1_080)
        #expect(try Self.expert("a", duty: [duty]).isOnDuty(at: try Self.time(day, clock)) == isOn)
    }

    @Test(arguments: [
        // The night from Saturday to Sunday.
        (5, "19:59", false), (5, "20:00", true), (5, "23:59", true), (6, "00:00", true), (6, "07:59", true),
        (6, "08:00", false), (6, "21:00", false), (7, "03:00", false),
    ])
    func `duty by night goes on into the next day`(day: Int, clock: String, isOn: Bool) throws {
        let duty = DutyTime(weekdays: [6], from: 1_200, to: 480)
        #expect(try Self.expert("a", duty: [duty]).isOnDuty(at: try Self.time(day, clock)) == isOn)
    }

    @Test func `whoever is away is not on duty, from the first day to the last`() throws {
        let days = try [1, 3].map { try Int(Self.time($0, "00:00").milliseconds / 86_400_000) + 1 }
        let away = try Self.expert("a", absences: [Absence(days: days[0]...days[1])])
        let states = try (1...4).map { away.isOnDuty(at: try Self.time($0, "12:00")) }
        #expect(states == [false, false, false, true])
    }

    @Test func `who has least of what they can take is asked first, and those off duty only where nobody is on`() throws
    {
        let morning = DutyTime(weekdays: Set(1...7), from: 0, to: 720)
        let roster = ExpertRoster(
            home: try NodeID("shi"),
            experts: [
                try Self.expert("busy", duty: [morning], capacity: 2), try Self.expert("free", duty: [morning]),
                try Self.expert("half", duty: [morning], capacity: 10), try Self.expert("late", duty: []),
            ])
        let load = ["busy": 2, "free": 0, "half": 5, "late": 0]
        func asked(_ clock: String) throws -> [String] {
            roster.asked(for: "ecg", at: try Self.time(1, clock)) { load[$0.id] ?? 0 }.map(\.id)
        }
        #expect(try asked("09:00") == ["free", "late", "half", "busy"])
        #expect(try asked("13:00") == ["late"])
        let mornings = ExpertRoster(home: roster.home, experts: Array(roster.experts.prefix(3)))
        let nobody = mornings.asked(for: "ecg", at: try Self.time(1, "13:00")) { load[$0.id] ?? 0 }
        #expect(nobody.map(\.id) == ["free", "half", "busy"])
        #expect(roster.asked(for: "pathology", at: try Self.time(1, "09:00")) { _ in 0 }.isEmpty)
    }
}
