package import Effects
import Regions
package import ServiceKit

/// How patient identifiers are written down, so that one person's number gives one key however it came.
///
/// HL7 and FHIR name types and authorities differently; the rules here bring both to one form. They are part of the
/// region's contract: changing them changes patient keys.
package enum IdentifierRule {
    /// The type of an identifier whose message names none: the institution's own number of the patient (table 0203).
    package static let internalType = "PI"
    /// The authority of citizen identity numbers.
    package static let citizenAuthority = "CN"

    /// An identifier in its normal form; `nil` where the value is blank.
    ///
    /// A value that is a valid citizen identity number is one, whatever type it came under.
    ///
    /// - Parameters:
    ///   - isGivenUp: whether its sender says that it is no longer in use.
    ///   - end: the last day of its use. A citizen identity number outlives the card that ends on that day.
    package static func identifier(
        value: String, type: String, authority: String, isGivenUp: Bool = false, end: String? = nil, now: WallTime
    ) -> PatientIdentifier? {
        guard let value = value.trimmed.nonEmpty else { return nil }
        if let citizen = try? CitizenID(value, now: now) {
            return PatientIdentifier(
                type: PatientIdentifier.citizenIDType, authority: citizenAuthority, value: citizen.rawValue,
                isFormer: isGivenUp)
        }
        return PatientIdentifier(
            type: type.trimmed.nonEmpty ?? internalType, authority: plainAuthority(authority), value: value,
            isFormer: isGivenUp || end.map { isOver($0, now: now) } ?? false)
    }

    /// Whether a day is past; one that cannot be read is not.
    private static func isOver(_ end: String, now: WallTime) -> Bool {
        guard let time = ClinicalTime(end) else { return false }
        if let last = time.moment() { return last.endOfChinaDay(after: 0) < now }
        // A month or a year alone is over with it.
        let today = CivilDateTime(now, offsetMinutes: WallTime.chinaOffsetMinutes)
        return time.precision == .year
            ? time.civil.year < today.year
            : (time.civil.year, time.civil.month) < (today.year, today.month)
    }

    /// An authority without FHIR's `urn:oid:`, so that it equals HL7's universal id.
    package static func plainAuthority(_ authority: String) -> String {
        let text = authority.trimmed
        return text.lowercased().hasPrefix("urn:oid:") ? String(text.dropFirst(8)) : text
    }

    /// Citizen identity numbers first, the rest in the message's order, and behind them what is no longer in use.
    ///
    /// What is said to be in use in one place and not in another is in use.
    package static func ordered(_ identifiers: [PatientIdentifier]) -> [PatientIdentifier] {
        let current = identifiers.filter { !$0.isFormer }
        let former = identifiers.filter { $0.isFormer && !current.contains($0.inUse) }
        let isCitizen: (PatientIdentifier) -> Bool = { $0.type == PatientIdentifier.citizenIDType }
        return current.filter(isCitizen) + current.filter { !isCitizen($0) } + former
    }
}
