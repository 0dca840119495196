package import Effects
import ServiceKit

/// The span of time that a text names: a year, a month, a day, an hour, a minute, a second.
///
/// Read by the one reader of clinical times; a text without a zone is China Standard Time.
package struct TimeSpan: Equatable, Sendable {
    package var start: WallTime
    /// The first moment after it.
    package var end: WallTime

    /// - Returns: `nil` where the text cannot be read or the day does not exist.
    package init?(_ text: String) {
        guard let time = ClinicalTime(text) else { return nil }
        let offset: Int
        switch time.zone {
        case .none: offset = WallTime.chinaOffsetMinutes
        case .universal: offset = 0
        case .offset(let minutes): offset = minutes
        }
        let milliseconds: Int64
        switch time.precision {
        case .year: milliseconds = (CivilDateTime.isLeap(time.civil.year) ? 366 : 365) * Self.day
        case .month:
            milliseconds = Int64(CivilDateTime.days(inMonth: time.civil.month, of: time.civil.year)) * Self.day
        case .day: milliseconds = Self.day
        case .hour: milliseconds = 3_600_000
        case .minute: milliseconds = 60_000
        case .second: milliseconds = time.fraction.isEmpty ? 1_000 : 1
        }
        start = time.civil.wallTime(offsetMinutes: offset)
        end = start.advanced(byMilliseconds: milliseconds)
    }

    private static let day: Int64 = 86_400_000
}
