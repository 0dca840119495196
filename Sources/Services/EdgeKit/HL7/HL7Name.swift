package import HL7

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
