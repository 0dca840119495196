import Effects
import Recognition
import Regions

/// How patient identifiers are written down, so that one person's number gives one key however it came.
///
/// HL7 and FHIR name types and authorities differently; the rules here bring both to one form. They are part of the
/// region's contract: changing them changes patient keys.
enum IdentifierRule {
    /// The type of an identifier whose message names none: the institution's own number of the patient (table 0203).
    static let internalType = "PI"
    /// The authority of citizen identity numbers.
    static let citizenAuthority = "CN"

    /// An identifier in its normal form; `nil` where the value is blank.
    ///
    /// A value that is a valid citizen identity number is one, whatever type it came under.
    static func identifier(value: String, type: String, authority: String, now: WallTime) -> PatientIdentifier? {
        guard let value = value.trimmed.nonEmpty else { return nil }
        if let citizen = try? CitizenID(value, now: now) {
            return PatientIdentifier(
                type: PatientIdentifier.citizenIDType, authority: citizenAuthority, value: citizen.rawValue)
        }
        return PatientIdentifier(
            type: type.trimmed.nonEmpty ?? internalType, authority: plainAuthority(authority), value: value)
    }

    /// An authority without FHIR's `urn:oid:`, so that it equals HL7's universal id.
    static func plainAuthority(_ authority: String) -> String {
        let text = authority.trimmed
        return text.lowercased().hasPrefix("urn:oid:") ? String(text.dropFirst(8)) : text
    }

    /// Citizen identity numbers first, the rest in the message's order.
    static func ordered(_ identifiers: [PatientIdentifier]) -> [PatientIdentifier] {
        let isCitizen: (PatientIdentifier) -> Bool = { $0.type == PatientIdentifier.citizenIDType }
        return identifiers.filter(isCitizen) + identifiers.filter { !isCitizen($0) }
    }
}
