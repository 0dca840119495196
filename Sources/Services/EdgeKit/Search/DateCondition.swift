package import Effects

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
