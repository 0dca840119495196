import Console
import Effects
import Regions

/// A failure as a person reads it on a terminal.
///
/// English is the failure's own sentence. Chinese is the same by the templates of the catalogue; where it has none for a
/// sentence, Chinese is what it says of the code, and the failure's own words follow on a line of their own.
enum FailureText {
    static func text(of failure: Failure, in language: Language) -> String {
        guard language == .chinese, let definition = FailureCatalogue.program[failure.code] else {
            return failure.description
        }
        let place = failure.place.map { $0 + "：" } ?? ""
        let message = FailureWords.chinese(failure.message, by: definition)
        let remedy = failure.remedy.map { FailureWords.chinese($0, by: definition) }
        let text =
            place + (message ?? definition.sentence.chinese) + "；"
            + ((remedy ?? nil) ?? definition.remedy.chinese) + " [\(failure.code)]"
        let own = [message == nil ? failure.message : nil, remedy == .some(nil) ? failure.remedy : nil]
            .compactMap { $0 }
        guard !own.isEmpty else { return text }
        return text + "\n  " + own.joined(separator: "; ").replacing("\n", with: "\n  ")
    }

    static func text(of problems: RegionProblems, in language: Language) -> String {
        problems.problems.map { text(of: $0.failure, in: language) }.joined(separator: "\n")
    }
}
