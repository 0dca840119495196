import Indicators
import Regions
public import YilianTestKit

/// One figure of a period, as a node shows it.
public struct TestFigure: Hashable, Sendable {
    /// The indicator's id, such as `results-published`.
    public let indicator: String
    /// The unit whose figure it is.
    public let unit: String
    /// What is counted.
    public let numerator: Int64
    /// Of how many; 0 where the indicator is a plain number.
    public let denominator: Int64
    /// Whether nothing is published and this is what is known now.
    public let isLive: Bool
    /// The units below that are not in it.
    public let missing: [String]
}

/// What became of a period that was to be closed.
public struct TestClosing: Hashable, Sendable {
    /// `closed`, `unchanged` or `waiting`.
    public let outcome: String
    /// The edition's number; `nil` while it waits.
    public let version: Int?
    /// The nodes that have not submitted.
    public let missing: [String]
}

extension TestNode {
    /// The figures of this node's unit and of those below it.
    ///
    /// - Parameter period: `2026-11-21`, `2026-11`, `2026Q4` or `2026`; today where none is named.
    public func figures(of period: String? = nil) async throws -> [TestFigure] {
        try await TestFailure.translating {
            try await node.service(IndicatorsService.self).show(try reportingPeriod(period)).rows.map { row in
                TestFigure(
                    indicator: row.indicator, unit: row.unit, numerator: row.numerator, denominator: row.denominator,
                    isLive: row.isLive, missing: row.missing)
            }
        }
    }

    /// Closes a period of this node's unit, or amends it where something came late.
    ///
    /// - Parameters:
    ///   - period: as with ``figures(of:)``.
    ///   - isForced: now, also before the period's end and without those who are missing.
    @discardableResult
    public func closePeriod(_ period: String? = nil, isForced: Bool = false) async throws -> TestClosing {
        try await TestFailure.translating {
            let period = try reportingPeriod(period)
            let outcome = try await node.service(IndicatorsService.self).close(period, force: isForced)
            return switch outcome {
            case .closed(_, let version): TestClosing(outcome: "closed", version: version, missing: [])
            case .unchanged(_, let version): TestClosing(outcome: "unchanged", version: version, missing: [])
            case .waiting(_, let missing):
                TestClosing(outcome: "waiting", version: nil, missing: missing.map(\.rawValue))
            }
        }
    }

    private func reportingPeriod(_ text: String?) throws -> ReportingPeriod {
        try text.map { try ReportingPeriod($0) } ?? ReportingPeriod(.day, containing: node.context.now)
    }
}
