/// A date and time of day of the proleptic Gregorian calendar, computed without any locale or time-zone database.
///
/// The arithmetic is that of days-from-civil (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
package struct CivilDateTime: Hashable, Sendable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int
    package var millisecond: Int

    /// The civil date and time of `time` at an offset from UTC.
    ///
    /// - Parameters:
    ///   - time: the moment; years outside 1…9999 are clamped to that range.
    ///   - offsetMinutes: minutes east of UTC; China Standard Time is 480.
    package init(_ time: WallTime, offsetMinutes: Int = 0) {
        let limit: Int64 = 253_402_300_799_999
        let (shifted, overflow) = time.milliseconds.addingReportingOverflow(Int64(offsetMinutes) * 60_000)
        let first: Int64 = -62_135_596_800_000
        let local = overflow ? (time.milliseconds > 0 ? limit : first) : min(max(shifted, first), limit)
        let days = Self.floorDivide(local, 86_400_000)
        let rest = Int(local - days * 86_400_000)
        let (year, month, day) = Self.civil(fromDays: Int(days))
        self.year = year
        self.month = month
        self.day = day
        hour = rest / 3_600_000
        minute = rest / 60_000 % 60
        second = rest / 1000 % 60
        millisecond = rest % 1000
    }

    /// A checked civil date and time.
    ///
    /// - Returns: `nil` where a field is out of range or the day does not exist (29 February of a common year).
    package init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0
    ) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...59).contains(second), (0...999).contains(millisecond)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.millisecond = millisecond
    }

    /// The moment that this civil time names at an offset from UTC, in minutes east.
    package func wallTime(offsetMinutes: Int = 0) -> WallTime {
        let days = Int64(Self.days(fromCivil: year, month, day))
        let seconds = Int64(hour * 3600 + minute * 60 + second - offsetMinutes * 60)
        return WallTime(milliseconds: (days * 86_400 + seconds) * 1000 + Int64(millisecond))
    }

    package var iso8601: String {
        date + "T" + Self.two(hour) + ":" + Self.two(minute) + ":" + Self.two(second) + "."
            + Self.three(millisecond) + "Z"
    }

    /// The date alone, `YYYY-MM-DD`.
    package var date: String {
        Self.four(year) + "-" + Self.two(month) + "-" + Self.two(day)
    }

    package static func isLeap(_ year: Int) -> Bool {
        (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    }

    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 to a civil date.
    package static func days(fromCivil year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func civil(fromDays days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    private static func three(_ value: Int) -> String { value < 100 ? "0" + two(value) : "\(value)" }
    private static func four(_ value: Int) -> String { value < 1000 ? "0" + three(value) : "\(value)" }
}
