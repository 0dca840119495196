package import Effects
package import Recognition

/// What the region agreed on that a doctor chooses from: what can be ordered, and why an examination is repeated.
package struct RecognitionTermsInfo: Codable, Sendable, Equatable {
    package struct Item: Codable, Sendable, Equatable {
        package var code: String
        package var name: String
        package var englishName: String
        package var examinationClass: String
        /// For how many days from the report time a result may be recognised.
        package var windowDays: Int
        /// What it costs where it is done again, in fen; none where the region names no price.
        package var priceFen: Int?
    }

    /// Items that are ordered together.
    package struct Panel: Codable, Sendable, Equatable {
        package var code: String
        package var name: String
        package var englishName: String
        package var items: [String]
    }

    /// Of the catalogue; empty where the region has none.
    package var edition: String
    package var items: [Item]
    package var panels: [Panel]
    package var reasons: [ReasonInfo]

    package init(_ rules: RecognitionRules, now: WallTime) {
        edition = rules.edition
        items = rules.items.filter { $0.isInForce(at: now) }.map {
            Item(
                code: $0.code, name: $0.name, englishName: $0.englishName,
                examinationClass: $0.examinationClass.rawValue, windowDays: $0.windowDays, priceFen: $0.price?.fen)
        }
        panels = rules.panels.map {
            Panel(code: $0.code, name: $0.name, englishName: $0.englishName, items: $0.items)
        }
        reasons = rules.reasons.map(ReasonInfo.init)
    }
}
