package import Regions

/// What the policy says of a result: whether the receiving institution recognises it.
///
/// It prompts and never blocks: the treating doctor decides (国卫医发〔2022〕6号 Art. 4).
package enum RecognitionOutcome: String, CaseIterable, Sendable {
    case recognised
    /// The doctor judges; nothing speaks against it, and nothing obliges.
    case discretion
    case not
}

/// One row of the policy table: who issued, who receives, under which mark, and what follows.
///
/// The first row that fits holds. Inside one medical group everything is recognised before any row is looked at.
package struct RecognitionPolicyRow: Hashable, Sendable {
    /// For the trail, such as `P03`.
    package var id: String
    /// Grades of the issuing institution; empty: any.
    package var issuers: [InstitutionGrade]
    /// Grades of the receiving institution; empty: any.
    package var receivers: [InstitutionGrade]
    /// Ids of scopes of a valid mark that covers the receiver; ``noMark`` stands for none; empty: any or none.
    package var scopes: [String]
    package var outcome: RecognitionOutcome

    /// In `scopes`: no mark with a certificate covers the receiver.
    package static let noMark = "none"

    package init(
        id: String, issuers: [InstitutionGrade] = [], receivers: [InstitutionGrade] = [], scopes: [String] = [],
        outcome: RecognitionOutcome
    ) {
        self.id = id
        self.issuers = issuers
        self.receivers = receivers
        self.scopes = scopes
        self.outcome = outcome
    }
}

/// Why a doctor has an examination repeated although a result exists (domain §3.4).
package struct RepeatReason: Hashable, Sendable {
    /// Two digits.
    package var code: String
    package var name: String
    package var englishName: String
    /// Whether such a decision counts in the recognition rate; 98 and 99 do not.
    package var isCounted: Bool
    /// Whether it needs free text, as "other" does.
    package var needsText: Bool

    /// Codes that never count: images of elsewhere not received, continuous monitoring.
    package static let uncountedCodes: Set<String> = ["98", "99"]

    package init(code: String, name: String, englishName: String, isCounted: Bool = true, needsText: Bool = false) {
        self.code = code
        self.name = name
        self.englishName = englishName
        self.isCounted = isCounted
        self.needsText = needsText
    }
}
