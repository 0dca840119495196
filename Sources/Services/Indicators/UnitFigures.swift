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
