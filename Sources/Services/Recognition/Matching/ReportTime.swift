package import Effects
import Regions

/// Times of messages as moments.
package enum ReportTime {
    /// When a report was issued, else when it was observed, as it says itself; nothing else ever stands in.
    ///
    /// - Returns: `nil` where it says neither in a form that can be read.
    package static func stated(issued: String?, observed: String?) -> WallTime? {
        issued.flatMap(moment) ?? observed.flatMap(moment)
    }

    /// The moment that a message's text names; see `ClinicalTime`.
    ///
    /// A time without a zone is China Standard Time, a date alone its midnight. Less than a day's precision is no report
    /// time.
    ///
    /// - Returns: `nil` where the text cannot be read, or the day does not exist.
    package static func moment(_ text: String) -> WallTime? { ClinicalTime(text)?.moment() }

    /// The last moment of the day in China that lies some days after a moment's day.
    package static func endOfDay(_ days: Int, after moment: WallTime) -> WallTime {
        let civil = CivilDateTime(moment, offsetMinutes: WallTime.chinaOffsetMinutes)
        let midnight = CivilDateTime(year: civil.year, month: civil.month, day: civil.day) ?? civil
        return midnight.wallTime(offsetMinutes: WallTime.chinaOffsetMinutes).advanced(
            byMilliseconds: Int64(days + 1) * 86_400_000 - 1)
    }
}
