package import Effects
import Regions

/// Times of messages as moments.
///
/// HL7's `YYYYMMDD[HHMM[SS[.S…]]][±ZZZZ]` and FHIR's `YYYY-MM-DD[THH:MM:SS[.S…](Z|±ZZ:ZZ)]`; a time without a zone is
/// China Standard Time, a date alone its midnight. Less than a day's precision is no report time.
package enum ReportTime {
    /// When a report was issued, else when it was observed, as it says itself; nothing else ever stands in.
    ///
    /// - Returns: `nil` where it says neither in a form that can be read.
    package static func stated(issued: String?, observed: String?) -> WallTime? {
        issued.flatMap(moment) ?? observed.flatMap(moment)
    }

    /// - Returns: `nil` where the text has another form or the day does not exist.
    package static func moment(_ text: String) -> WallTime? {
        if text.utf8.dropFirst(4).first == 0x2D { return try? WallTime(text: text) }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard [8, 12, 14].contains(digits.utf8.count) else { return nil }
        var rest = text.dropFirst(digits.count)
        var milliseconds = 0
        if rest.first == "." {
            let fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !fraction.isEmpty else { return nil }
            milliseconds = Int(fraction.prefix(3).padding(to: 3)) ?? 0
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard let offset = offsetMinutes(rest) else { return nil }
        let numbers = Array(digits.utf8).map { Int($0) - 0x30 }
        func number(_ from: Int, _ count: Int) -> Int {
            from < numbers.count ? numbers[from..<(from + count)].reduce(0) { $0 * 10 + $1 } : 0
        }
        return CivilDateTime(
            year: number(0, 4), month: number(4, 2), day: number(6, 2), hour: number(8, 2), minute: number(10, 2),
            second: number(12, 2), millisecond: milliseconds
        )?.wallTime(offsetMinutes: offset)
    }

    /// `+0800` in minutes; nothing is China's.
    private static func offsetMinutes(_ text: Substring) -> Int? {
        guard let sign = text.first else { return WallTime.chinaOffsetMinutes }
        let digits = text.dropFirst()
        guard sign == "+" || sign == "-", digits.utf8.count == 4, let number = Int(digits), number >= 0,
            number % 100 < 60, number / 100 <= 14
        else { return nil }
        let minutes = number / 100 * 60 + number % 100
        return sign == "-" ? -minutes : minutes
    }

    /// The last moment of the day in China that lies some days after a moment's day.
    package static func endOfDay(_ days: Int, after moment: WallTime) -> WallTime {
        let civil = CivilDateTime(moment, offsetMinutes: WallTime.chinaOffsetMinutes)
        let midnight = CivilDateTime(year: civil.year, month: civil.month, day: civil.day) ?? civil
        return midnight.wallTime(offsetMinutes: WallTime.chinaOffsetMinutes).advanced(
            byMilliseconds: Int64(days + 1) * 86_400_000 - 1)
    }
}

extension Substring {
    fileprivate func padding(to count: Int) -> String {
        self + String(repeating: "0", count: Swift.max(0, count - self.count))
    }
}
