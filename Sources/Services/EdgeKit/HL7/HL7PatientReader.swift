package import Effects
package import HL7
package import ServiceKit

/// Reads the PID segment.
package struct HL7PatientReader {
    private let now: WallTime

    package init(now: WallTime) { self.now = now }

    package func patient(_ segment: HL7Segment) -> PatientDemographics {
        var identifiers = DistinctIdentifiers()
        for field in [3, 2, 4] {
            for repetition in segment.field(field).repetitions {
                identifiers.add(identifier(repetition, defaultType: IdentifierRule.internalType))
            }
        }
        // PID-19 is the number of the person in the country's own register; type and authority are implied.
        let national = segment.field(19).repetition(0)
        identifiers.add(identifier(national, defaultType: "SS"))
        // The account number names the visit; it stands in where nothing names the person.
        if identifiers.all.allSatisfy({ $0.reach == .nobody }) {
            identifiers.add(identifier(segment.field(18).repetition(0), defaultType: "AN"))
        }
        return PatientDemographics(
            identifiers: IdentifierRule.ordered(identifiers.all), name: name(segment.field(5)),
            birthDate: segment.field(7).component(1).value?.trimmed.nonEmpty,
            sex: segment.field(8).component(1).value?.trimmed.nonEmpty.map(PersonRule.sex))
    }

    /// A CX value: CX.1 number, CX.4 assigning authority (else CX.6 assigning facility), CX.5 type, CX.8 its last day.
    private func identifier(_ repetition: HL7Repetition, defaultType: String) -> PatientIdentifier? {
        IdentifierRule.identifier(
            value: repetition.component(1).text,
            type: repetition.component(5).value ?? defaultType,
            authority: authority(repetition.component(4)) ?? authority(repetition.component(6)) ?? "",
            end: repetition.component(8).value?.trimmed.nonEmpty, now: now)
    }

    /// HD: the universal id (HD.2), else the namespace (HD.1).
    private func authority(_ component: HL7Component) -> String? {
        component.subcomponent(2).value?.trimmed.nonEmpty ?? component.subcomponent(1).value?.trimmed.nonEmpty
    }

    /// The legal name (type L), else the first one that is a name.
    private func name(_ field: HL7Field) -> String? {
        let names = field.repetitions.compactMap { repetition in
            HL7Name.extendedPersonName(repetition).map { (name: $0, type: repetition.component(7).text) }
        }
        return (names.first { $0.type == "L" } ?? names.first)?.name
    }
}

/// The identifiers of one person, each once; as many as somebody sends, at the same cost each.
private struct DistinctIdentifiers {
    private(set) var all: [PatientIdentifier] = []
    private var seen: Set<PatientIdentifier> = []
    private var values: Set<String> = []

    mutating func add(_ identifier: PatientIdentifier?) {
        guard let identifier, !seen.contains(identifier) else { return }
        // The legacy fields repeat what PID-3 already says, without type and authority.
        if identifier.authority.isEmpty, values.contains(identifier.value) { return }
        all.append(identifier)
        seen.insert(identifier)
        values.insert(identifier.value)
    }
}
