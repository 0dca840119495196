/// The reference range of a laboratory item for one sex.
package struct ReferenceRange: Sendable, Hashable {
    package var low: Double?
    package var high: Double?

    package init(low: Double? = nil, high: Double? = nil) {
        self.low = low
        self.high = high
    }

    /// As reports print it: `3.5-9.5`, `<5.2`, `>1.04`.
    package var text: String {
        switch (low, high) {
        case (let low?, let high?): DecimalText.short(low) + "-" + DecimalText.short(high)
        case (nil, let high?): "<" + DecimalText.short(high)
        case (let low?, nil): ">" + DecimalText.short(low)
        case (nil, nil): ""
        }
    }

    /// The flag of a value: `L`, `H` or `N`.
    package func flag(_ value: Double) -> String {
        if let low, value < low { return "L" }
        if let high, value > high { return "H" }
        return "N"
    }
}
