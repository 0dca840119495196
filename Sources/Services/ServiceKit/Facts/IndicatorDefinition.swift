/// What an indicator is: its names, what its parts mean, and how it is shown.
///
/// An indicator is computed as a numerator and a denominator that can be summed; a ratio or a mean is made of them for
/// the reader's eye only (domain rule: roll up by summing parts, never by averaging percentages). A service defines what it
/// counts for beside its rules (``FactRule``).
package struct IndicatorDefinition: Sendable, Equatable {
    /// What a reader is shown of the parts.
    package enum Display: String, Sendable {
        /// The numerator.
        case count
        /// Numerator over denominator, a duration in milliseconds; a histogram goes along for p50 and p90.
        case meanDuration
        /// Numerator over denominator as a percentage, with both.
        case rate
        /// Numerator and denominator side by side: an indicator that this release does not know.
        case parts
    }

    /// The same in every release, for example `results-published`.
    package var id: String
    package var chineseName: String
    package var englishName: String
    package var chineseUnit: String
    package var englishUnit: String
    package var numerator: String
    package var denominator: String
    package var display: Display

    package init(
        id: String, chineseName: String, englishName: String, chineseUnit: String = "", englishUnit: String = "",
        numerator: String, denominator: String, display: Display
    ) {
        self.id = id
        self.chineseName = chineseName
        self.englishName = englishName
        self.chineseUnit = chineseUnit
        self.englishUnit = englishUnit
        self.numerator = numerator
        self.denominator = denominator
        self.display = display
    }
}

extension [IndicatorDefinition] {
    /// What services count for, each indicator once.
    package init(of services: [any NodeService.Type]) {
        self = []
        for definition in services.flatMap({ $0.facts }).flatMap(\.definitions)
        where !contains(where: { $0.id == definition.id }) { append(definition) }
    }
}
