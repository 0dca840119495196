import Effects
import ServiceKit
import Storage

/// What of an instance contradicts what lies here of the same study, or of the same accession number.
///
/// One that does is put aside for a person to decide, and belongs to no study until then.
package enum ImagingContradiction: String, CaseIterable, Sendable {
    case patientID
    case name
    case birthDate
    case sex
    /// Another patient has the accession number, in the same unit.
    case accessionNumber

    /// Whose number it is: one without an issuer counts within its unit.
    static func issuer(of identifier: PatientIdentifier, unit: String) -> String {
        identifier.type + "\u{1F}" + (identifier.namesItsIssuer ? identifier.authority : "\u{0}" + unit)
    }

    /// - Throws: what the store throws.
    static func find(
        in instance: ImagingInstance, of unit: String, in sql: any SQLTransaction
    ) throws -> ImagingContradiction? {
        guard let identifier = instance.patient.identifiers.first else { throw ImagingInstance.malformed }
        let issuer = issuer(of: identifier, unit: unit)
        let study = try sql.row(
            "SELECT issuer, patient, name, birth_date, sex FROM imaging_study WHERE study = $1", [instance.studyUID])
        if let study {
            if try study.text(0) != issuer || study.text(1) != identifier.value { return .patientID }
            if !instance.isNameDamaged, try areApart(names(study.text(2)), names(instance.patient.name ?? "")) {
                return .name
            }
            if try differ(study.text(3), instance.patient.birthDate) { return .birthDate }
            if try differ(study.text(4), instance.patient.sex) { return .sex }
        }
        guard !instance.accessionNumber.isEmpty else { return nil }
        let other = try sql.row(
            """
            SELECT 1 FROM imaging_study WHERE unit = $1 AND accession = $2 AND (issuer <> $3 OR patient <> $4) LIMIT 1
            """, [unit, instance.accessionNumber, issuer, identifier.value])
        return other == nil ? nil : .accessionNumber
    }

    /// A name in each of the ways in which it is written, without what means nothing.
    static func names(_ text: String) -> Set<String> {
        Set(
            text.split(separator: "=").map { group in
                group.lowercased().split { $0 == "^" || $0.isWhitespace }.joined(separator: "^")
            }.filter { !$0.isEmpty })
    }

    private static func areApart(_ left: Set<String>, _ right: Set<String>) -> Bool {
        !left.isEmpty && !right.isEmpty && left.isDisjoint(with: right)
    }

    /// Whether both say something, and not the same.
    private static func differ(_ left: String, _ right: String?) -> Bool {
        guard let right, !right.isEmpty, !left.isEmpty, left != "U", right != "U" else { return false }
        return left != right
    }
}
