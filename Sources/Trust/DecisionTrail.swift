/// A decision that explains itself: the rules that were applied, what each looked at, and what each said.
///
/// The answer is yes when at least one rule was applied and all of them held; a trail without steps says no. Inputs
/// stand in logs and in errors, so they carry no patient data.
package struct DecisionTrail: Equatable, Sendable, CustomStringConvertible {
    /// One rule's part in the decision.
    package struct Step: Equatable, Sendable, CustomStringConvertible {
        /// What must hold, as a sentence: `the certificate is of this region`.
        package var rule: String
        /// What the rule looked at: `yangquan`.
        package var input: String
        package var outcome: Bool

        package init(rule: String, input: String, outcome: Bool) {
            self.rule = rule
            self.input = input
            self.outcome = outcome
        }

        package var description: String {
            (outcome ? "held: " : "did not hold: ") + rule + (input.isEmpty ? "" : " (\(input))")
        }
    }

    /// What is decided, as words that go on after "yes:" or "no:".
    package let question: String
    package private(set) var steps: [Step] = []

    package init(_ question: String) {
        self.question = question
    }

    package var isYes: Bool {
        !steps.isEmpty && steps.allSatisfy(\.outcome)
    }

    /// The first rule that did not hold.
    package var objection: Step? {
        steps.first { !$0.outcome }
    }

    /// Applies one rule.
    ///
    /// - Returns: whether it held, so that the caller can stop asking.
    @discardableResult
    package mutating func require(_ rule: String, input: String = "", _ outcome: Bool) -> Bool {
        steps.append(Step(rule: rule, input: input, outcome: outcome))
        return outcome
    }

    /// The answer on the first line and one line per step.
    package var description: String {
        var lines = [(isYes ? "yes: " : "no: ") + question]
        lines.append(contentsOf: steps.map { "- \($0)" })
        if steps.isEmpty { lines.append("- no rule was applied") }
        return lines.joined(separator: "\n")
    }
}
