/// One rule that was applied to a candidate: which, to what, with which outcome.
package struct TrailStep: Sendable, Equatable {
    /// The rules, in the order in which they are applied.
    package enum Rule: String, Sendable, CaseIterable {
        /// Final or corrected; preliminary results are never recognised.
        case status
        case void
        /// Came in processing mode P.
        case production
        /// No newer version of the result is known.
        case version
        /// Nothing that is said of the person contradicts the order.
        case demographics
        /// The item of the catalogue under which the result was published.
        case item
        case specimen
        case unit
        case method
        /// The report time cannot be read, or lies in the future.
        case clock
        case window
        case mark
        case policy
        /// What is recognisable of it: images and data, never the diagnosis (Art. 2).
        case content
    }

    package enum Outcome: String, Sendable {
        case passed
        /// Keeps the result from being recognised.
        case failed
        /// The doctor has to judge.
        case doubt
        /// For information.
        case noted
    }

    package var rule: Rule
    package var outcome: Outcome
    /// What the rule looked at, for machines: `2026-11-03/30d`, `mmol/L→mg/dL`, `P03`.
    package var input: String
    package var text: BilingualText

    package init(_ rule: Rule, _ outcome: Outcome, input: String, _ chinese: String, _ english: String) {
        self.rule = rule
        self.outcome = outcome
        self.input = input
        text = BilingualText(chinese, english)
    }
}

/// One sentence in Chinese and the same in English.
package struct BilingualText: Sendable, Equatable {
    package var chinese: String
    package var english: String

    package init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }
}
