package import Effects
import ServiceKit

/// A condition on a report's time: `2026-11-20`, `ge2026-11`, `lt2026-11-21T08:00`.
///
/// Both sides are spans, as precise as they are written, and are compared as moments (FHIR R4, "Prefixes"): their zones
/// count, and what names none is China Standard Time.
package struct DateCondition: Sendable, Equatable {
    package enum Comparison: String, CaseIterable, Sendable {
        case equal = "eq"
        case notEqual = "ne"
        case atLeast = "ge"
        case atMost = "le"
        case later = "gt"
        case earlier = "lt"
        case startsAfter = "sa"
        case endsBefore = "eb"
    }

    package var comparison: Comparison
    package var span: TimeSpan

    /// - Parameter name: the search parameter.
    /// - Throws: a refusal with 400.
    package init(_ text: String, name: String = "date") throws {
        let prefix = Comparison(rawValue: String(text.prefix(2)))
        comparison = prefix ?? .equal
        let rest = prefix == nil ? text : String(text.dropFirst(2))
        guard rest.contains("-") || rest.count == 4, let span = TimeSpan(rest) else {
            throw FHIRRefusal(400, .value, "this is not a date of FHIR, such as ge2026-11-20", expression: name)
        }
        self.span = span
    }

    package func holds(for time: String?) -> Bool { time.flatMap(TimeSpan.init).map(holds) ?? false }

    package func holds(for time: WallTime) -> Bool {
        TimeSpan(time.description).map(holds) ?? false
    }

    private func holds(for time: TimeSpan) -> Bool {
        let isWithin = span.start <= time.start && time.end <= span.end
        switch comparison {
        case .equal: return isWithin
        case .notEqual: return !isWithin
        case .atLeast: return time.end > span.end || isWithin
        case .atMost: return time.start < span.start || isWithin
        case .later: return time.end > span.end
        case .earlier: return time.start < span.start
        case .startsAfter: return time.start >= span.end
        case .endsBefore: return time.end <= span.start
        }
    }
}

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
