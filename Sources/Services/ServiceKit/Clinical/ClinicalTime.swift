package import Effects
import Regions

/// A time as a message wrote it, read as far as it is precise.
///
/// The one reader of clinical times, for HL7 v2, FHIR, searches and windows alike. Reports keep the text itself; this is
/// what the text means. What cannot be read is nobody's time: it is shown as text, and nothing is dated by it or by
/// anything that stands in for it.
///
/// - HL7: `YYYY[MM[DD[HH[MM[SS[.S…]]]]]][±ZZZZ]`
/// - FHIR and ISO 8601: `YYYY-MM-DDThh:mm:ss[.s…](Z|±hh:mm)`, also with a blank for the `T`, without seconds, without zone
/// - with slashes or dots: `2026/1/5 8:05`, `2026.01.05`
/// - Chinese: `2026年1月5日 上午8时5分`; full-width digits and colons
package struct ClinicalTime: Equatable, Sendable {
    package enum Precision: Int, Comparable, Sendable {
        case year, month, day, hour, minute, second

        package static func < (left: Precision, right: Precision) -> Bool { left.rawValue < right.rawValue }
    }

    package enum Zone: Equatable, Sendable {
        /// The text names none.
        case none
        /// `Z`.
        case universal
        /// Minutes east of UTC.
        case offset(Int)
    }

    /// Where the text is less precise, the first moment that it can mean.
    package let civil: CivilDateTime
    package let precision: Precision
    /// The digits behind the decimal point of the seconds, as they were written.
    package let fraction: String
    package let zone: Zone

    /// Years outside of it are mistakes or place-holders (`0001-01-01`, `9999-12-31`).
    package static let years = 1850...2200

    /// - Returns: `nil` where the text has another form, or the day or the time of day does not exist.
    package init?(_ text: String) {
        guard let reading = ClinicalTimeReader.read(text), Self.years.contains(reading.year),
            let civil = CivilDateTime(
                year: reading.year, month: reading.month, day: reading.day, hour: reading.hour,
                minute: reading.minute, second: reading.second, millisecond: reading.milliseconds)
        else { return nil }
        self.civil = civil
        precision = reading.precision
        fraction = reading.fraction
        zone = reading.zone
    }

    /// The moment; a day alone is its midnight.
    ///
    /// - Parameter offsetMinutes: the zone of times that name none.
    /// - Returns: `nil` where not even the day is known.
    package func moment(offsetMinutes: Int = WallTime.chinaOffsetMinutes) -> WallTime? {
        guard precision >= .day else { return nil }
        switch zone {
        case .none: return civil.wallTime(offsetMinutes: offsetMinutes)
        case .universal: return civil.wallTime()
        case .offset(let minutes): return civil.wallTime(offsetMinutes: minutes)
        }
    }

    /// The text as FHIR's `dateTime`, which is valid always; an hour alone is its day, a minute gets its seconds.
    ///
    /// - Parameter offsetMinutes: the zone of times that name none.
    package func fhirText(offsetMinutes: Int = WallTime.chinaOffsetMinutes) -> String {
        let date = civil.date
        switch precision {
        case .year: return String(date.prefix(4))
        case .month: return String(date.prefix(7))
        case .day, .hour: return date
        case .minute, .second:
            let time = [civil.hour, civil.minute, civil.second].map(Self.two).joined(separator: ":")
            return date + "T" + time + (fraction.isEmpty ? "" : "." + fraction) + zoneText(offsetMinutes)
        }
    }

    private func zoneText(_ standing: Int) -> String {
        let minutes: Int
        switch zone {
        case .universal: return "Z"
        case .none: minutes = standing
        case .offset(let own): minutes = own
        }
        let size = abs(minutes)
        return (minutes < 0 ? "-" : "+") + Self.two(size / 60) + ":" + Self.two(size % 60)
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
