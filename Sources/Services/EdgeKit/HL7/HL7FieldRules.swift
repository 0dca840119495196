/// What becomes of the fields of a segment: read, or without meaning for what it brings.
///
/// All others are told to the sender.
package struct HL7FieldRules {
    /// How much of a field is read.
    package enum Reading {
        case whole
        /// The first repetition.
        case first
        /// These components of the first repetition.
        case components(Set<Int>)
        /// These components of every repetition.
        case each(Set<Int>)
        /// Nothing, because it says nothing here.
        case nothing
    }

    private var readings: [Int: Reading] = [:]

    /// - Parameters:
    ///   - whole: fields that are read with all their repetitions.
    ///   - first: fields of which the first repetition is read.
    ///   - components: fields of whose first repetition some components are read.
    ///   - each: fields of whose repetitions some components are read.
    ///   - ignored: fields without meaning here.
    package init(
        whole: [Int] = [], first: [Int] = [], components: [Int: Set<Int>] = [:], each: [Int: Set<Int>] = [:],
        ignored: [Int] = []
    ) {
        for field in whole { readings[field] = .whole }
        for field in first { readings[field] = .first }
        for (field, parts) in components { readings[field] = .components(parts) }
        for (field, parts) in each { readings[field] = .each(parts) }
        for field in ignored { readings[field] = .nothing }
    }

    package func reading(_ field: Int) -> Reading? { readings[field] }
}
