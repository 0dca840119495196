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
