package import Effects
import Trust

extension PatientIdentifier {
    /// For whom an identifier names a person.
    package enum Reach: Sendable, Equatable {
        /// For everybody: it names who issued it.
        case region
        /// For the institution that uses it: a number without its issuer is unique within one house at most (HL7
        /// 2.5.1, 2.A.14), and may be another person's in the next.
        case institution
        /// For nobody: it stands where a number is missing.
        case nobody
    }

    /// The one rule for messages, searches, orders and the index.
    package var reach: Reach {
        if type == Self.citizenIDType { return .region }
        let isIssued = !IssuerName.namesNobody(authority)
        if IdentifierPlaceholder.isOne(value, isIssued: isIssued) { return .nobody }
        return isIssued ? .region : .institution
    }

    /// Whether it names who issued it; a citizen identity number says it by itself.
    package var namesItsIssuer: Bool { reach == .region }

    /// Under whose name the number is looked up; `nil` for a place-holder.
    ///
    /// - Parameter institution: that sent the number, or asks by it.
    func issuer(within institution: String) -> String? {
        switch reach {
        case .region: authority
        case .institution: IssuerName.house + institution
        case .nobody: nil
        }
    }

    /// What somebody is told who names a person by nothing but place-holders.
    package static let namesNobody = Failure(
        "patient.emptyIdentifier", "the identifier is a place-holder that names nobody",
        remedy: "send or ask for the patient's own number, with who issued it")
}

/// Tells names of issuers from what stands where one is missing.
enum IssuerName {
    /// Stands before an institution that uses a number without an issuer; no message can say it.
    static let house = "\u{0}house "

    /// Words for a missing issuer, and for the kind of a system, of which every house has one.
    private static let words: Set<String> = [
        "his", "lis", "ris", "pacs", "emr", "ehr", "empi", "mpi", "local", "本院", "院内", "医院",
    ]

    /// An authority of letters and digits is one, whatever they are: only what says nothing at all is none.
    static func namesNobody(_ authority: String) -> Bool {
        guard !authority.contains("\u{0}") else { return true }
        let plain = IdentifierPlaceholder.plain(authority)
        return plain.allSatisfy { $0 == "0" } || words.contains(plain) || IdentifierPlaceholder.missing.contains(plain)
    }
}
