package import HL7

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

/// Reads names of persons and organizations in their HL7 data types.
package enum HL7Name {
    /// XPN: family (FN), given, further given names.
    package static func extendedPersonName(_ repetition: HL7Repetition) -> String? {
        PersonRule.name(
            family: repetition.component(1).subcomponent(1).text.trimmed,
            given: [repetition.component(2).text.trimmed, repetition.component(3).text.trimmed])
    }

    /// XCN: id, family (FN), given, further given names; the id alone where there is no name.
    package static func compositeName(_ field: HL7Field) -> String? { compositeName(field.repetition(0)) }

    package static func compositeName(_ person: HL7Repetition) -> String? {
        PersonRule.name(
            family: person.component(2).subcomponent(1).text.trimmed,
            given: [person.component(3).text.trimmed, person.component(4).text.trimmed])
            ?? person.component(1).text.trimmed.nonEmpty
    }

    /// NDL: its first component is a name in subcomponents (id, family, given, further given names).
    package static func nameWithLocation(_ field: HL7Field) -> String? {
        let person = field.repetition(0).component(1)
        return PersonRule.name(
            family: person.subcomponent(2).text.trimmed,
            given: [person.subcomponent(3).text.trimmed, person.subcomponent(4).text.trimmed])
            ?? person.subcomponent(1).text.trimmed.nonEmpty
    }
}
