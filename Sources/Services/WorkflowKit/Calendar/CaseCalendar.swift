package import Effects

/// Which hours count.
package struct CaseCalendar: Sendable, Equatable {
    /// Minutes of a day in China's time, from and to; none: the whole day.
    package var dayMinutes: Range<Int>?
    /// Days that do not count, as days since 1970 in China's time; weekends are among them where they do not count.
    package var holidays: Set<Int>
    package var countsWeekends: Bool
    /// Days of weekends that count all the same, because a holiday was made longer by them (调休).
    package var workdays: Set<Int>

    package static let always = CaseCalendar(dayMinutes: nil, holidays: [], countsWeekends: true)

    package init(dayMinutes: Range<Int>?, holidays: Set<Int>, countsWeekends: Bool, workdays: Set<Int> = []) {
        self.dayMinutes = dayMinutes
        self.holidays = holidays
        self.countsWeekends = countsWeekends
        self.workdays = workdays
    }

    static let dayMilliseconds: Int64 = 86_400_000
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

    /// The day of a moment, as days since 1970 in China's time.
    static func day(of time: WallTime) -> Int {
        let bound = Limits.peerTimeMilliseconds
        return Int((min(max(time.milliseconds, -bound), bound) + chinaMilliseconds).quotient(dayMilliseconds))
    }

    /// The minute of its day of a moment, in China's time.
    static func minute(of time: WallTime) -> Int {
        let bound = Limits.peerTimeMilliseconds
        let local = min(max(time.milliseconds, -bound), bound) + chinaMilliseconds
        return Int((local - local.quotient(dayMilliseconds) * dayMilliseconds) / 60_000)
    }

    private func counts(_ day: Int) -> Bool {
        !holidays.contains(day) && (countsWeekends || workdays.contains(day) || !Self.isWeekend(day))
    }

    static func isWeekend(_ day: Int) -> Bool {
        // 1970-01-01 was a Thursday.
        ((day % 7) + 7 + 3) % 7 >= 5
    }
}

extension Int64 {
    /// The quotient, rounded down.
    fileprivate func quotient(_ divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
