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
