package import Effects

/// A day, month, quarter or year of China Standard Time (UTC+8) for which figures are reported.
///
/// Periods compare by their first moment; of two that begin together the longer one comes first.
package struct ReportingPeriod: Hashable, Comparable, Sendable, CustomStringConvertible {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case year
        case quarter
        case month
        case day
    }

    package let kind: Kind
    package let year: Int
    /// The first month of the period, 1 to 12.
    package let month: Int
    /// The first day of the period within its month, 1 to 31.
    package let day: Int

    /// The years that a period may lie in.
    package static let years = 1900...9998

    /// The period of one kind that holds a moment; years outside ``years`` are clamped to that range.
    package init(_ kind: Kind, containing moment: WallTime) {
        let civil = CivilDateTime(moment, offsetMinutes: WallTime.chinaOffsetMinutes)
        let year = min(max(civil.year, Self.years.lowerBound), Self.years.upperBound)
        self.init(kind: kind, year: year, month: civil.month, day: civil.day)
    }

    /// Reads `2026-11-21`, `2026-11`, `2026Q4` or `2026`.
    ///
    /// - Throws: `period.badText` where the text has another form or names a day that does not exist.
    package init(_ text: String) throws {
        guard let period = Self.parse(text) else {
            throw Failure(
                "period.badText", "\(NameForm.shown(text)) is not a reporting period",
                remedy: "write a day as 2026-11-21, a month as 2026-11, a quarter as 2026Q4 or a year as 2026")
        }
        self = period
    }

    /// The first moment of the period.
    package var start: WallTime {
        Self.midnight(year: year, month: month, day: day)
    }

    /// The first moment after the period.
    package var end: WallTime {
        switch kind {
        case .day: start.advanced(byMilliseconds: 86_400_000)
        case .month: Self.firstOfMonth(year: year, index: month)
        case .quarter: Self.firstOfMonth(year: year, index: month + 2)
        case .year: Self.firstOfMonth(year: year, index: 12)
        }
    }

    package func contains(_ moment: WallTime) -> Bool {
        start <= moment && moment < end
    }

    /// Whether the other period lies wholly within this one; a period contains itself.
    package func contains(_ other: ReportingPeriod) -> Bool {
        start <= other.start && other.end <= end
    }

    /// The next longer period that holds this one: day, month, quarter, year; none for a year.
    package var parent: ReportingPeriod? {
        switch kind {
        case .day: ReportingPeriod(kind: .month, year: year, month: month, day: 1)
        case .month: ReportingPeriod(kind: .quarter, year: year, month: month, day: 1)
        case .quarter: ReportingPeriod(kind: .year, year: year, month: 1, day: 1)
        case .year: nil
        }
    }

    /// The period of the same kind that begins where this one ends.
    package var next: ReportingPeriod { ReportingPeriod(kind, containing: end) }

    /// The period of the same kind that ends where this one begins.
    package var previous: ReportingPeriod { ReportingPeriod(kind, containing: start.advanced(byMilliseconds: -1)) }

    package static func < (left: ReportingPeriod, right: ReportingPeriod) -> Bool {
        (left.start, right.end) < (right.start, left.end)
    }

    package var description: String {
        let date = CivilDateTime(start, offsetMinutes: WallTime.chinaOffsetMinutes).date
        return switch kind {
        case .day: date
        case .month: String(date.prefix(7))
        case .quarter: "\(date.prefix(4))Q\((month + 2) / 3)"
        case .year: String(date.prefix(4))
        }
    }
}

extension ReportingPeriod {
    private init(kind: Kind, year: Int, month: Int, day: Int) {
        self.kind = kind
        self.year = year
        switch kind {
        case .day:
            self.month = month
            self.day = day
        case .month:
            self.month = month
            self.day = 1
        case .quarter:
            self.month = (month - 1) / 3 * 3 + 1
            self.day = 1
        case .year:
            self.month = 1
            self.day = 1
        }
    }

    private static func parse(_ text: String) -> ReportingPeriod? {
        var cursor = DigitCursor(Array(text.utf8))
        guard let year = cursor.number(4), years.contains(year) else { return nil }
        if cursor.isAtEnd { return ReportingPeriod(kind: .year, year: year, month: 1, day: 1) }
        if cursor.skip("Q") {
            guard let quarter = cursor.number(1), (1...4).contains(quarter), cursor.isAtEnd else { return nil }
            return ReportingPeriod(kind: .quarter, year: year, month: quarter * 3 - 2, day: 1)
        }
        guard cursor.skip("-"), let month = cursor.number(2), (1...12).contains(month) else { return nil }
        if cursor.isAtEnd { return ReportingPeriod(kind: .month, year: year, month: month, day: 1) }
        guard cursor.skip("-"), let day = cursor.number(2), cursor.isAtEnd,
            CivilDateTime(year: year, month: month, day: day) != nil
        else { return nil }
        return ReportingPeriod(kind: .day, year: year, month: month, day: day)
    }

    /// Midnight in China of the first day of a month, counted from January as 0, also past the year's end.
    private static func firstOfMonth(year: Int, index: Int) -> WallTime {
        midnight(year: year + index / 12, month: index % 12 + 1, day: 1)
    }

    private static func midnight(year: Int, month: Int, day: Int) -> WallTime {
        let days = Int64(CivilDateTime.days(fromCivil: year, month, day))
        return WallTime(milliseconds: days * 86_400_000 - Int64(WallTime.chinaOffsetMinutes) * 60_000)
    }
}
