/// A condition on a report's time: `2026-11-20`, `ge2026-11`, `lt2026-11-21T08:00`.
///
/// Times are compared as they are written, in the hospital's own civil time, as far as both sides are precise; zones
/// are left aside, because half of the systems name none.
struct DateCondition: Sendable, Equatable {
    enum Comparison: String, CaseIterable, Sendable {
        case equal = "eq"
        case notEqual = "ne"
        case atLeast = "ge"
        case atMost = "le"
        case later = "gt"
        case earlier = "lt"
        case startsAfter = "sa"
        case endsBefore = "eb"
    }

    var comparison: Comparison
    /// Year, month, day, hour, minute, second in a row, as many as are given.
    var digits: String

    /// - Throws: a refusal with 400.
    init(_ text: String) throws {
        let prefix = Comparison(rawValue: String(text.prefix(2)))
        comparison = prefix ?? .equal
        let rest = prefix == nil ? text : String(text.dropFirst(2))
        guard let digits = Self.digits(of: rest), rest.contains("-") || rest.count == 4 else {
            throw FHIRRefusal(400, .value, "this is not a date of FHIR, such as ge2026-11-20", expression: "date")
        }
        self.digits = digits
    }

    func holds(for time: String?) -> Bool {
        guard let time = time.flatMap(Self.digits) else { return false }
        let length = min(time.count, digits.count)
        let (left, right) = (time.prefix(length), digits.prefix(length))
        switch comparison {
        case .equal: return left == right
        case .notEqual: return left != right
        case .atLeast: return left >= right
        case .atMost: return left <= right
        case .later, .startsAfter: return left > right
        case .earlier, .endsBefore: return left < right
        }
    }

    /// The digits of a time as HL7 (`20261120081500+0800`) or FHIR (`2026-11-20T08:15:00+08:00`) writes it.
    static func digits(of time: String) -> String? {
        let parts = time.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard let day = parts.first else { return nil }
        var digits = ""
        if parts.count > 1 || day.contains("-") && day.count <= 10 && !day.hasPrefix("-") {
            digits = day.filter { $0 != "-" }
            if parts.count > 1 {
                digits += parts[1].prefix { $0.isASCII && ($0.isNumber || $0 == ":") }.filter { $0 != ":" }
            }
        } else {
            digits = String(day.prefix { $0.isASCII && $0.isNumber })
        }
        let isSound = (4...14).contains(digits.count) && digits.allSatisfy { $0.isASCII && $0.isNumber }
        return isSound ? digits : nil
    }
}
