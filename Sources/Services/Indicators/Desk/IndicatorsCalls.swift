package import Calls
package import Distributed

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
