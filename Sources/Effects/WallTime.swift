/// A moment of civil time in UTC, in milliseconds since 1970-01-01T00:00:00Z.
///
/// A wall time is a *claim* of the clock that produced it: it is stored, shown and compared with deadlines, and it is
/// never used to order entries (order is sequence within a lane).
package struct WallTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static let epoch = WallTime(milliseconds: 0)

    package static func < (left: WallTime, right: WallTime) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The moment `milliseconds` later; saturates at the ends of the representable range instead of trapping.
    package func advanced(byMilliseconds milliseconds: Int64) -> WallTime {
        let (sum, overflow) = self.milliseconds.addingReportingOverflow(milliseconds)
        if overflow {
            return WallTime(milliseconds: milliseconds > 0 ? .max : .min)
        }
        return WallTime(milliseconds: sum)
    }

    /// Milliseconds from `earlier` to this moment; saturates instead of trapping.
    package func milliseconds(since earlier: WallTime) -> Int64 {
        let (difference, overflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        if overflow {
            return milliseconds > earlier.milliseconds ? .max : .min
        }
        return difference
    }

    /// ISO 8601 in UTC with milliseconds, for example `2026-11-21T02:46:19.120Z`: the form for machines.
    package var description: String {
        CivilDateTime(self).iso8601
    }

    /// China Standard Time: minutes east of UTC, the whole year.
    package static let chinaOffsetMinutes = 480

    /// The moment in China Standard Time, `2026-11-21T08:00:00+08:00`.
    ///
    /// Fractions of a second are not shown. The form for people: every sentence has it, also the message of a ``Failure``.
    package var chinaText: String {
        String(CivilDateTime(self, offsetMinutes: Self.chinaOffsetMinutes).iso8601.dropLast(5)) + "+08:00"
    }

    /// The last moment of the day in China that lies some days after this moment's day.
    package func endOfChinaDay(after days: Int) -> WallTime {
        let civil = CivilDateTime(self, offsetMinutes: Self.chinaOffsetMinutes)
        let midnight = CivilDateTime(year: civil.year, month: civil.month, day: civil.day) ?? civil
        return midnight.wallTime(offsetMinutes: Self.chinaOffsetMinutes).advanced(
            byMilliseconds: Int64(days + 1) * 86_400_000 - 1)
    }
}
