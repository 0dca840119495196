import Effects
import Regions
package import ServiceKit

/// What an operator asks of the indicators.
package enum IndicatorEndpoints: EndpointSet {
    /// Which period is meant: `2026-11-21`, `2026-11`, `2026Q4` or `2026`; the day of the question where none is named.
    package struct PeriodQuestion: Codable, Sendable, Equatable {
        package var period: String?
        /// The node of a unit directly below that is asked itself; what lies here where none is named.
        package var unit: String?

        package init(period: String? = nil, unit: String? = nil) {
            self.period = period
            self.unit = unit
        }
    }

    /// A period that is to be closed.
    package struct ClosingOrder: Codable, Sendable, Equatable {
        package var period: String?
        /// Now, also before the period's end and without those who are missing.
        package var force: Bool?
        /// The node of a unit directly below that is to close it where that is due; this unit where none is named.
        package var unit: String?

        package init(period: String? = nil, force: Bool? = nil, unit: String? = nil) {
            self.period = period
            self.force = force
            self.unit = unit
        }
    }

    package static let show = Endpoint<PeriodQuestion, PeriodReport>(
        .get, "indicators",
        summary: "The figures of a period: of this unit and those below it, or as a unit directly below says itself.",
        question: .query, answer: .json, failures: [.forbidden])

    package static let close = Endpoint<ClosingOrder, ClosingInfo>(
        .post, "indicators/close",
        summary: "Closes a period of this unit, or amends it where something came late; reminds a unit directly below.",
        question: .query, answer: .json, failures: [.forbidden])

    package static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint] {
        let service = try node.service(IndicatorsService.self)
        return [
            show.serve { asked in
                let period = try service.period(asked.period)
                guard let unit = asked.unit else { return try await service.show(period) }
                return try await service.show(period, of: try service.below(unit))
            },
            close.serve { order in
                let period = try service.period(order.period)
                guard let unit = order.unit else {
                    return ClosingInfo(
                        try await service.close(period, force: order.force == true), period: period.description)
                }
                guard order.force != true else {
                    throw Failure(
                        "console.badRequest", "another unit's period is closed where it is due, and never earlier",
                        remedy: "leave --force out, or close it at that node")
                }
                return ClosingInfo(
                    try await service.remind(try service.below(unit), of: period), period: period.description)
            },
        ]
    }
}

extension IndicatorsService {
    /// A node directly below this one.
    fileprivate func below(_ name: String) throws -> NodeID {
        let children = context.tree.children(of: context.node)
        return try NodeID(
            KnownWord.check(name, what: "node directly below this one", among: children.map(\.rawValue)))
    }

    /// The period that an operator names.
    fileprivate func period(_ text: String?) throws -> ReportingPeriod {
        try text.map { try ReportingPeriod($0) } ?? ReportingPeriod(.day, containing: context.now)
    }
}

/// What became of a period that was to be closed.
package struct ClosingInfo: Codable, Sendable, Equatable {
    /// `closed`, `unchanged` or `waiting`.
    package var outcome: String
    package var period: String
    package var version: Int?
    package var entry: String?
    package var waitingUntil: String?
    package var missing: [String]

    package init(_ outcome: ClosingOutcome, period: String) {
        self.period = period
        missing = []
        switch outcome {
        case .closed(let entry, let version):
            self.outcome = "closed"
            self.version = version
            self.entry = entry.description
        case .unchanged(let entry, let version):
            self.outcome = "unchanged"
            self.version = version
            self.entry = entry.description
        case .waiting(let moment, let missing):
            self.outcome = "waiting"
            waitingUntil = moment.description
            self.missing = missing.map(\.rawValue)
        }
    }
}
