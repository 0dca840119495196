/// The codes of failures that a part of the program knows, with what they mean.
///
/// The lists come from the modules below that part and from its services, one line each.
package struct FailureCatalogue: Sendable {
    private let byCode: [Failure.Code: FailureDefinition]

    /// The lists put together; of two definitions of one code the first counts, and a test finds the second.
    package init(_ lists: [FailureDefinition]...) {
        byCode = Dictionary(lists.joined().map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private init(_ byCode: [Failure.Code: FailureDefinition]) {
        self.byCode = byCode
    }

    package func adding(_ lists: [FailureDefinition]...) -> FailureCatalogue {
        FailureCatalogue(byCode.merging(lists.joined().map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    /// What a code means; `nil` for one that this part does not know, such as one of a newer node.
    package subscript(_ code: Failure.Code) -> FailureDefinition? { byCode[code] }

    /// What a failure of this code means to whoever asked.
    ///
    /// A code that is not known is ``FailureClass/broken``: nobody is told to try again, or to repair a message,
    /// without a reason.
    package func `class`(of code: Failure.Code) -> FailureClass {
        byCode[code]?.class ?? .broken
    }

    /// What is wrong and what to do, in Chinese: for a code that is not known, what its class says.
    package func chineseText(of code: Failure.Code) -> String {
        byCode[code]?.chineseText ?? FailureClass.broken.sentence.chinese + "。"
    }

    /// Every definition, by code.
    package var definitions: [FailureDefinition] {
        byCode.values.sorted { $0.code.rawValue < $1.code.rawValue }
    }
}

/// What a code of a failure means in general: its class, one sentence and what to do, in English and in Chinese.
///
/// A module declares the codes that it throws in its `Failures.swift`; a service declares its own. The failure itself
/// says more: which file, which node, how many. Its sentences stand beside the code as well, for the terminal to say them
/// in Chinese.
package struct FailureDefinition: Hashable, Sendable {
    package let code: Failure.Code
    package let `class`: FailureClass
    /// What is wrong.
    package let sentence: Wording
    /// What to do about it.
    package let remedy: Wording
    /// What failures of this code and their remedies say beyond that; `{1}`, `{2}` stand for what they name.
    package let particulars: [Wording]

    package init(
        _ code: Failure.Code, _ `class`: FailureClass, _ english: String, _ chinese: String, remedy: Wording,
        particulars: [Wording] = []
    ) {
        self.code = code
        self.class = `class`
        sentence = Wording(english, chinese)
        self.remedy = remedy
        self.particulars = particulars
    }

    /// What is wrong and what to do, in Chinese.
    package var chineseText: String { "\(sentence.chinese)；\(remedy.chinese)。" }
}
