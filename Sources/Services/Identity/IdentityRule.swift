import Effects
import Foundation
import Ledgers
import Regions
import ServiceKit

/// What identifiers, texts and purposes must be like before anything is written.
enum IdentityRule {
    /// Why identities may be changed.
    static let purposes: Set<AccessStatement.Purpose> = [.treatment, .qualityReview, .ownRecord]
    /// Telephone and identity numbers have at least so many digits in a row.
    private static let personalDigits = 11

    /// - Throws: `identity.purpose`.
    static func check(_ purpose: AccessStatement.Purpose) throws {
        guard purposes.contains(purpose) else {
            throw Failure(
                "identity.purpose", "identities are not changed for this purpose",
                remedy: "choose one of: " + purposes.map(\.rawValue).sorted().joined(separator: ", "))
        }
    }

    /// Checks that each identifier names one person in the whole region.
    ///
    /// - Throws: `identity.noAuthority`: a bare hospital number is many people's; `patient.emptyIdentifier`.
    static func check(_ identifiers: [PatientIdentifier]) throws {
        guard !identifiers.contains(where: { $0.reach == .nobody }) else { throw PatientIdentifier.namesNobody }
        guard identifiers.allSatisfy(\.namesItsIssuer) else {
            throw Failure(
                "identity.noAuthority", "an identifier without its issuer may be several people's",
                remedy: "say who issued it (--issuer; FHIR: identifier.system)")
        }
    }

    /// Checks a reference or a reason.
    ///
    /// - Throws: `identity.text`; never with the text itself.
    static func check(_ text: String, naming identifiers: [PatientIdentifier]) throws {
        guard text.count <= Limits.identityTextCharacters else {
            throw Failure(
                "identity.text", "the text is longer than \(Limits.identityTextCharacters) characters",
                remedy: "say where it is written instead")
        }
        var run = 0
        let hasNumber = text.unicodeScalars.contains { scalar in
            run = scalar.properties.numericType == nil ? 0 : run + 1
            return run >= personalDigits
        }
        guard !hasNumber, !identifiers.contains(where: { $0.value.count > 3 && text.contains($0.value) }) else {
            throw Failure(
                "identity.text", "the text holds what looks like a person's number",
                remedy: "it is read at every node of the city: name a file or a ticket, no person")
        }
    }
}
