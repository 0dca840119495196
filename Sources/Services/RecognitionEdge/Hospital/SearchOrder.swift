import EdgeKit
import Effects
import Recognition

/// In which order a search shows reports (`_sort`); the newest first where it does not say.
struct SearchOrder: Sendable, Equatable {
    enum Key: String, CaseIterable, Sendable {
        case date
        case issued
        case lastUpdated = "_lastUpdated"
    }

    struct Rule: Sendable, Equatable {
        var key: Key
        var isDescending: Bool
    }

    var rules = [Rule(key: .date, isDescending: true)]

    init() {}

    /// - Throws: a refusal with 400.
    init(_ text: String) throws {
        rules = try text.split(separator: ",").map { word in
            let isDescending = word.hasPrefix("-")
            guard let key = Key(rawValue: String(isDescending ? word.dropFirst() : word)) else {
                let known = Key.allCases.map(\.rawValue).joined(separator: ", ")
                throw FHIRRefusal(
                    400, .notSupported, "reports are sorted by \(known), with a minus for the newest first",
                    expression: "_sort")
            }
            return Rule(key: key, isDescending: isDescending)
        }
        if rules.isEmpty { self = SearchOrder() }
    }

    /// Reports whose time cannot be read come last, whichever way the others run.
    func isBefore(_ left: ReportSummary, _ right: ReportSummary) -> Bool {
        for rule in rules {
            switch (Self.time(rule.key, left), Self.time(rule.key, right)) {
            case (nil, nil): continue
            case (_, nil): return true
            case (nil, _): return false
            case (.some(let first), .some(let second)):
                if first != second { return rule.isDescending ? first > second : first < second }
            }
        }
        return left.fields.reportKey < right.fields.reportKey
    }

    private static func time(_ key: Key, _ summary: ReportSummary) -> WallTime? {
        switch key {
        case .date: (summary.fields.observedTime ?? summary.fields.issuedTime).flatMap(TimeSpan.init)?.start
        case .issued: summary.fields.issuedTime.flatMap(TimeSpan.init)?.start
        case .lastUpdated: summary.authorTime
        }
    }
}
