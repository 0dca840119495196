package import Calls
package import Distributed
package import Regions

/// The callable face of indicators.
package distributed actor IndicatorsDesk: IndicatorsCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "indicators"

    private let unit: UnitClosing

    init(unit: UnitClosing, actorSystem: YilianActorSystem) {
        self.unit = unit
        self.actorSystem = actorSystem
    }

    package distributed func explain(_ period: String) async throws -> FigureExplanation {
        try await unit.explain(try ReportingPeriod(period))
    }

    package distributed func submit(_ period: String) async throws -> ClosingOutcome {
        try await unit.close(try ReportingPeriod(period), force: false)
    }
}

/// What a unit's parent asks of the unit's indicators desk.
@Resolvable
package protocol IndicatorsCalls: DistributedActor where ActorSystem == YilianActorSystem {
    /// Says what the unit's figures of a period are made of.
    ///
    /// - Parameter period: `2026-11-21`, `2026-11`, `2026Q4` or `2026`.
    distributed func explain(_ period: String) async throws -> FigureExplanation

    /// Has the unit close a period and submit it where it is due; nothing is closed early or without those who are missing.
    distributed func submit(_ period: String) async throws -> ClosingOutcome
}

extension DeskInterface<any IndicatorsCalls> {
    package static let indicators = DeskInterface(IndicatorsDesk.deskName) {
        try $IndicatorsCalls.resolve(id: $0, using: $1)
    }
}

extension IndicatorsService {
    /// Asks a unit directly below what its figures of a period are made of.
    ///
    /// - Throws: `call.…` where the unit cannot be reached; what the unit throws.
    package func explain(_ period: ReportingPeriod, of unit: NodeID) async throws -> FigureExplanation {
        try await DeskInterface.indicators.at(unit, context.system).explain(period.description)
    }

    /// Has a unit directly below close a period and submit it, where that is due.
    ///
    /// - Throws: `call.…` where the unit cannot be reached; what the unit throws.
    package func remind(_ unit: NodeID, of period: ReportingPeriod) async throws -> ClosingOutcome {
        try await DeskInterface.indicators.at(unit, context.system).submit(period.description)
    }
}
