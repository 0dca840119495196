package import Effects

extension AccessStatement {
    /// Why somebody looks at a person's data.
    ///
    /// A word that the kit or a service declares (``PurposeRule``). One of another release is carried, and nobody is
    /// answered for it.
    package struct Purpose: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }

        package static let treatment = Purpose(rawValue: "treatment")
        package static let emergency = Purpose(rawValue: "emergency")
        package static let ownRecord = Purpose(rawValue: "ownRecord")
        package static let qualityReview = Purpose(rawValue: "qualityReview")
    }
}

/// What holds for a purpose where the region configuration says nothing of it.
package struct PurposeRule: Hashable, Sendable {
    package var purpose: AccessStatement.Purpose
    /// What people call it.
    package var word: Wording
    /// On one of these a question for the purpose rests.
    package var grounds: [AccessRules.Ground]
    /// Whether those ask for it who treat the patient.
    package var isTreating: Bool

    package init(
        _ purpose: AccessStatement.Purpose, _ word: Wording, grounds: [AccessRules.Ground], isTreating: Bool = false
    ) {
        self.purpose = purpose
        self.word = word
        self.grounds = grounds
        self.isTreating = isTreating
    }
}

/// The purposes that there are: those of every region, and those that services declare (``NodeService/purposes``).
package struct PurposeList: Hashable, Sendable {
    /// In the order in which they are listed for people.
    package let rules: [PurposeRule]

    private static let common = [
        PurposeRule(.treatment, Wording("treatment", "诊疗"), grounds: [.order, .consent], isTreating: true),
        PurposeRule(.emergency, Wording("emergency", "急诊急救"), grounds: [.reason], isTreating: true),
        // The patient asks for it, and somebody files that.
        PurposeRule(.ownRecord, Wording("own record", "本人查询"), grounds: [.consent]),
        // Nobody reviews without being told to.
        PurposeRule(.qualityReview, Wording("quality review", "质控审核"), grounds: [.order]),
    ]

    package init(_ services: [any NodeService.Type] = []) {
        rules = Self.common + services.flatMap { $0.purposes }
    }

    package var all: [AccessStatement.Purpose] { rules.map(\.purpose) }
    package var words: [String] { all.map(\.rawValue) }

    package func purpose(_ word: String) -> AccessStatement.Purpose? { all.first { $0.rawValue == word } }

    /// What people call the purpose of a word; the word where there is no such purpose.
    package func wording(of word: String) -> Wording {
        purpose(word).flatMap { self[$0]?.word } ?? Wording(word, word)
    }

    /// What holds for a purpose; none where there is no such purpose.
    package subscript(purpose: AccessStatement.Purpose) -> PurposeRule? { rules.first { $0.purpose == purpose } }
}
