import Effects
import Regions
import ServiceKit

/// Turns submissions into what a reader sees, with the names that the region configuration gives.
struct FigureView {
    let configuration: RegionConfiguration
    let period: ReportingPeriod
    /// What this release computes.
    let definitions: [IndicatorDefinition]

    func unit(
        _ unit: NodeID, editions: [SubmissionTable.Edition], stateWithout: UnitFigures.State
    ) -> UnitFigures {
        let node = configuration.node(unit)
        let state =
            switch editions.count {
            case 0: stateWithout
            case 1: UnitFigures.State.published
            default: UnitFigures.State.amended
            }
        return UnitFigures(
            unit: unit.rawValue, name: node?.name ?? unit.rawValue, tier: node?.tier.rawValue ?? "",
            tierName: node?.tier.chineseName ?? "", state: state, stateName: state.chineseName,
            editions: editions.map { edition($0.submission, entry: $0.entry.description) }, live: nil, closesBy: nil)
    }

    /// - Parameter entry: the entry that carries it; `nil` for live figures.
    func edition(_ submission: IndicatorSubmission, entry: String?) -> FigureEdition {
        let isLive = entry == nil
        return FigureEdition(
            version: isLive ? 0 : submission.version, isLive: isLive,
            closedAt: isLive ? nil : submission.closedAt.chinaText,
            isEarly: !isLive && submission.closedAt < period.end, entry: entry,
            figures: definitions.shown(configuration.indicators).map { definition in
                IndicatorFigure(
                    definition, own: submission.own[definition.id], total: submission.total[definition.id])
            },
            contributors: submission.contributions.map { contribution in
                FigureContributor(
                    unit: contribution.unit.rawValue,
                    name: configuration.node(contribution.unit)?.name ?? contribution.unit.rawValue,
                    version: contribution.version, closedAt: contribution.closedAt.chinaText,
                    entry: contribution.entry.description)
            },
            missing: submission.missing.map(\.rawValue), missingBelow: submission.missingBelow.map(\.rawValue))
    }
}
