import Effects

/// A figure of the statistics as its parts: a numerator and a denominator, never a ratio.
package struct RecognitionFigure: Sendable, Equatable {
    package var numerator: Int
    package var denominator: Int

    package init(_ numerator: Int = 0, of denominator: Int = 0) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Computed where it is shown; `nil` for nothing to count.
    package var ratio: Double? { denominator == 0 ? nil : Double(numerator) / Double(denominator) }

    package static func + (left: RecognitionFigure, right: RecognitionFigure) -> RecognitionFigure {
        RecognitionFigure(
            left.numerator.addingSaturated(right.numerator), of: left.denominator.addingSaturated(right.denominator))
    }
}
