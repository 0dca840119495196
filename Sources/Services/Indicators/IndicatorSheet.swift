import Effects

/// The parts of several indicators for one unit and one period.
///
/// An indicator that does not stand on a sheet is zero there: a unit of an older release knows fewer, and its sums stay
/// right.
package struct IndicatorSheet: Sendable, Equatable {
    package private(set) var parts: [String: IndicatorParts]

    package init(_ parts: [String: IndicatorParts] = [:]) {
        self.parts = parts
    }

    package subscript(indicator: String) -> IndicatorParts { parts[indicator] ?? IndicatorParts() }

    package var indicators: [String] { parts.keys.sorted() }

    /// Adds parts to one indicator.
    ///
    /// - Throws: `indicators.overflow`.
    package mutating func add(_ added: IndicatorParts, to indicator: String) throws {
        var sum = self[indicator]
        try sum.add(added)
        parts[indicator] = sum
    }

    /// Adds another sheet, indicator by indicator, also those that this release does not know.
    ///
    /// - Throws: `indicators.overflow`.
    package mutating func add(_ other: IndicatorSheet) throws {
        for (indicator, parts) in other.parts { try add(parts, to: indicator) }
    }

    /// The largest number on the sheet, whatever its sign.
    var largestPart: UInt64 {
        parts.values.reduce(0) { max($0, $1.numerator.magnitude, $1.denominator.magnitude) }
    }

    /// Whether both say the same; a line of zeros says as much as none.
    package func saysTheSame(as other: IndicatorSheet) -> Bool {
        parts.filter { !$0.value.isZero } == other.parts.filter { !$0.value.isZero }
    }
}

/// One edition of a unit's figures, or its live figures.
package struct FigureEdition: Codable, Sendable, Equatable {
    /// 1 is the publication, higher numbers are amendments, 0 is live.
    package var version: Int
    package var isLive: Bool
    package var closedAt: String?
    /// Closed on command before the period's end.
    package var isEarly: Bool
    package var entry: String?
    package var figures: [IndicatorFigure]
    package var contributors: [FigureContributor]
    /// Units directly below that are not in it.
    package var missing: [String]
    /// Units further down that are not in it.
    package var missingBelow: [String]
}

/// One indicator's figure with its parts.
package struct IndicatorFigure: Codable, Sendable, Equatable {
    package var indicator: String
    package var chineseName: String
    package var englishName: String
    package var chineseUnit: String
    package var englishUnit: String
    /// With everything from below.
    package var numerator: Int64
    package var denominator: Int64
    /// From the unit's own entries.
    package var ownNumerator: Int64
    package var ownDenominator: Int64
    /// As it is shown; `nil` where there is nothing to divide by.
    package var chineseText: String?
    package var englishText: String?
    package var p50Milliseconds: Int64?
    package var p90Milliseconds: Int64?
}

/// One submission that an edition sums.
package struct FigureContributor: Codable, Sendable, Equatable {
    package var unit: String
    package var name: String
    package var version: Int
    package var closedAt: String
    package var entry: String
}
