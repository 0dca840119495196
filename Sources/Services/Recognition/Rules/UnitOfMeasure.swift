import Regions

/// A unit of measure with the spellings under which laboratories write it.
package struct UnitOfMeasure: Hashable, Sendable {
    /// The code that catalogue items name; UCUM where there is one.
    package var code: String
    package var aliases: [String]

    package init(code: String, aliases: [String] = []) {
        self.code = code
        self.aliases = aliases
    }
}

/// A registered conversion: a value in `from` times `factor` is the value in `to`.
package struct UnitConversion: Hashable, Sendable {
    package var from: String
    package var to: String
    /// A decimal number in its lexical form, such as `0.05551`.
    package var factor: String
    /// The item for which it holds, since molar conversions differ by substance; none: for all.
    package var item: String?

    package init(from: String, to: String, factor: String, item: String? = nil) {
        self.from = from
        self.to = to
        self.factor = factor
        self.item = item
    }
}

/// A kind of specimen with the names and codes under which messages mention it.
package struct SpecimenType: Hashable, Sendable {
    package var code: String
    package var name: String
    package var aliases: [String]
    /// Specimens whose results compare with this one's, such as plasma for serum, where the region registers that.
    package var comparable: [String]

    package init(code: String, name: String, aliases: [String] = [], comparable: [String] = []) {
        self.code = code
        self.name = name
        self.aliases = aliases
        self.comparable = comparable
    }
}
