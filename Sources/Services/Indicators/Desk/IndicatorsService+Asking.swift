import Calls
package import Regions

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
