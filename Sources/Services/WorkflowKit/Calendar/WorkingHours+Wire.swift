import Effects
import Regions
import SwiftProtobuf

extension WorkingHours {
    package func wireBytes() throws -> [UInt8] {
        var message = PBCaseWorkingHours()
        message.fromMinute = UInt32(clamping: calendar.dayMinutes?.lowerBound ?? 0)
        message.toMinute = UInt32(clamping: calendar.dayMinutes?.upperBound ?? Self.dayMinutes)
        message.weekends = calendar.countsWeekends
        message.holidays = calendar.holidays.sorted().map(Int32.init(clamping:))
        message.workdays = calendar.workdays.sorted().map(Int32.init(clamping:))
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBCaseWorkingHours
        do { message = try PBCaseWorkingHours(serializedBytes: bytes) } catch { throw Self.unreadable }
        let from = try PeerNumber.count(message.fromMinute, atMost: Self.dayMinutes, "a time of day")
        let to = try PeerNumber.count(message.toMinute, atMost: Self.dayMinutes, "a time of day")
        guard from < to else { throw Self.unreadable }
        self.init(
            calendar: CaseCalendar(
                dayMinutes: from..<to, holidays: try Self.days(PeerNumber.label(message.holidays)),
                countsWeekends: message.weekends, workdays: try Self.days(PeerNumber.label(message.workdays))))
    }

    private static var dayMinutes: Int { 1_440 }

    static func days(_ numbers: [Int32]) throws -> Set<Int> {
        let most = Int(Limits.peerTimeMilliseconds / CaseCalendar.dayMilliseconds)
        guard numbers.count <= Limits.calendarDays, numbers.allSatisfy({ $0.magnitude <= UInt32(clamping: most) })
        else { throw unreadable }
        return Set(numbers.map(Int.init))
    }
}
