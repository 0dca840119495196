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

    /// All moments that a message's text may mean: of a day alone, those of the day.
    ///
    /// - Returns: `nil` where the text cannot be read, or says less than a day.
    package static func moments(_ text: String) -> ClosedRange<WallTime>? {
        guard let time = ClinicalTime(text), let first = time.moment() else { return nil }
        let length: Int64
        switch time.precision {
        case .year, .month: return nil
        case .day: length = 86_400_000
        case .hour: length = 3_600_000
        case .minute: length = 60_000
        case .second: length = time.fraction.isEmpty ? 1_000 : 1
        }
        return first...first.advanced(byMilliseconds: length - 1)
    }

    /// The last moment of the day in China that lies some days after a moment's day.
    package static func endOfDay(_ days: Int, after moment: WallTime) -> WallTime {
        moment.endOfChinaDay(after: days)
    }
}
