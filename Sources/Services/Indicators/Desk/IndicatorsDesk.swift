package import Calls
package import Distributed
import Regions

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
