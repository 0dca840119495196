import Effects

/// One item of the laboratory catalogue: its code, name, unit, reference range and how its values are spread.
package struct LaboratoryItem: Sendable {
    /// Where the value of an item comes from.
    package enum Source: Sendable {
        /// A draw around the reference range.
        case drawn
        /// The product of two other items and a factor, as absolute counts are.
        case product(String, String, Double)
        /// A number less the sum of other items, as the last percentage is.
        case remainder(of: Double, less: [String])
        /// One item less others, as globulin is.
        case difference(String, [String])
        /// Another item times a factor plus a summand, as the estimated average glucose is.
        case linear(String, Double, Double)
        /// The ratio of two other items.
        case ratio(String, String)
        /// Words: the usual one and the unusual ones, which `perMille` of the results have.
        case words(usual: String, unusual: [String], perMille: Int)
    }

    package var code: String
    package var name: String
    package var unit: String
    package var decimals: Int
    package var male: ReferenceRange
    package var female: ReferenceRange
    package var source: Source
    /// Values below are printed as `<limit`; `nil` where the method has no such limit.
    package var detectionLimit: Double?
    /// Beyond these a value is critical and is flagged `LL` or `HH`.
    package var critical: ReferenceRange?
    /// What the method can read at all.
    package var readable = 0.0...1_000_000.0

    /// The reference range for a sex.
    package func range(_ sex: Sex) -> ReferenceRange {
        sex == .male ? male : female
    }

    /// An item whose reference range both sexes share.
    static func item(
        _ code: String, _ name: String, _ unit: String, _ low: Double?, _ high: Double?, _ decimals: Int,
        _ source: Source = .drawn, limit: Double? = nil,
        critical: ReferenceRange? = nil, readable: ClosedRange<Double> = 0...1_000_000
    ) -> LaboratoryItem {
        let range = ReferenceRange(low: low, high: high)
        return LaboratoryItem(
            code: code, name: name, unit: unit, decimals: decimals, male: range, female: range, source: source,
            detectionLimit: limit, critical: critical, readable: readable)
    }

    /// An item whose reference range depends on the sex.
    static func bySex(
        _ code: String, _ name: String, _ unit: String, male: (Double, Double), female: (Double, Double),
        _ decimals: Int, critical: ReferenceRange? = nil
    ) -> LaboratoryItem {
        LaboratoryItem(
            code: code, name: name, unit: unit, decimals: decimals,
            male: ReferenceRange(low: male.0, high: male.1), female: ReferenceRange(low: female.0, high: female.1),
            source: .drawn, detectionLimit: nil, critical: critical)
    }

    /// An item whose result is a word.
    static func words(
        _ code: String, _ name: String, _ usual: String, _ unusual: [String], perMille: Int
    ) -> LaboratoryItem {
        LaboratoryItem(
            code: code, name: name, unit: "", decimals: 0, male: ReferenceRange(), female: ReferenceRange(),
            source: .words(usual: usual, unusual: unusual, perMille: perMille), detectionLimit: nil, critical: nil)
    }
}

extension LaboratoryItem {
    /// A number around the reference range.
    ///
    /// Between two limits the spread puts about 95 in 100 inside; an upper limit alone takes two thirds of it as the
    /// centre (or, with a detection limit, a skewed spread that often falls below it); a lower limit alone a third
    /// above it. Where the patient is ill the spread is more than twice as wide.
    func draw(_ sex: Sex, ill: Bool, from random: some RandomSource) -> Double {
        let range = range(sex)
        let deviation = random.normal() * (ill ? 2.3 : 1)
        let value: Double =
            switch (range.low, range.high) {
            case (let low?, let high?): (low + high) / 2 + deviation * (high - low) / 4
            case (nil, let high?) where detectionLimit != nil: high * skewed(deviation - 1.6)
            case (nil, let high?): high * (0.66 + 0.17 * deviation)
            case (let low?, nil): low * (1.35 + 0.2 * deviation)
            case (nil, nil): 0
            }
        let floor = (range.low ?? range.high ?? 0) * 0.08
        let positive = max(value, detectionLimit == nil ? floor : 0)
        return min(max(positive, readable.lowerBound), readable.upperBound)
    }

    /// A cheap stand-in for the exponential: 2 to the power of `exponent`, linear between whole powers.
    private func skewed(_ exponent: Double) -> Double {
        let whole = exponent.rounded(.down)
        let scale = Double(sign: .plus, exponent: Int(max(-20, min(20, whole))), significand: 1)
        return scale * (1 + exponent - whole)
    }
}
