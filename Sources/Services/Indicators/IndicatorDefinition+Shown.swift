import ServiceKit

extension [IndicatorDefinition] {
    /// What readers of a region are shown of what its nodes compute: the region's choice with its names, everything where it
    /// chose none.
    func shown(_ choices: [IndicatorChoice]) -> [IndicatorDefinition] {
        guard !choices.isEmpty else { return self }
        return choices.map { choice in
            var definition = first { $0.id == choice.id } ?? .unknown(choice.id)
            if !choice.name.isEmpty { definition.chineseName = choice.name }
            return definition
        }
    }
}

extension IndicatorDefinition {
    static func unknown(_ id: String) -> IndicatorDefinition {
        IndicatorDefinition(
            id: id, chineseName: id, englishName: id, numerator: "", denominator: "", display: .parts)
    }
}
