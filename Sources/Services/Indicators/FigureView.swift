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

/// One line of a table: one unit, one indicator, the figure that counts now.
package struct FigureRow: Codable, Sendable, Equatable {
    package var unit: String
    package var name: String
    package var tier: String
    package var indicator: String
    package var chineseName: String
    package var englishName: String
    package var numerator: Int64
    package var denominator: Int64
    package var chineseText: String?
    package var englishText: String?
    package var version: Int
    package var isLive: Bool
    package var closedAt: String?
    package var contributors: [String]
    /// Everybody who is not in it, on every level below.
    package var missing: [String]
}

extension PeriodReport {
    /// The report as a table: the newest edition of each unit, live figures where nothing is published.
    package var rows: [FigureRow] {
        units.flatMap { unit in
            guard let edition = unit.current else { return [FigureRow]() }
            return edition.figures.map { figure in
                FigureRow(
                    unit: unit.unit, name: unit.name, tier: unit.tier, indicator: figure.indicator,
                    chineseName: figure.chineseName, englishName: figure.englishName, numerator: figure.numerator,
                    denominator: figure.denominator, chineseText: figure.chineseText,
                    englishText: figure.englishText, version: edition.version, isLive: edition.isLive,
                    closedAt: edition.closedAt, contributors: edition.contributors.map(\.unit),
                    missing: (edition.missing + edition.missingBelow).sorted())
            }
        }
    }
}

/// One unit's figures: what it published, what it amended, what is known now.
package struct UnitFigures: Codable, Sendable, Equatable {
    package enum State: String, Codable, Sendable, CaseIterable {
        /// The period has not ended and nothing is published.
        case open
        /// The period has ended; the unit waits for facts or for those below it.
        case waiting
        /// Nothing has come from this unit.
        case missing
        case published
        case amended

        package var chineseName: String {
            switch self {
            case .open: "统计中"
            case .waiting: "待关账"
            case .missing: "未上报"
            case .published: "已发布"
            case .amended: "已修订"
            }
        }
    }

    package var unit: String
    package var name: String
    package var tier: String
    package var tierName: String
    package var state: State
    package var stateName: String
    /// The publication first, then its amendments; the publication never changes.
    package var editions: [FigureEdition]
    /// What would be published now, where that differs from the newest edition; only for the node's own unit.
    package var live: FigureEdition?
    /// When it closes at the latest, while it is not closed.
    package var closesBy: String?

    /// What a reader takes as this unit's figures: the newest edition, else the live figures.
    package var current: FigureEdition? { editions.last ?? live }
}
