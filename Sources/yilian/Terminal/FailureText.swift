import Console
import Effects
import Regions

/// A failure as a person reads it on a terminal.
///
/// English is the failure's own sentence. Chinese is what the catalogue says of its code; the failure's own sentence,
/// which names files and numbers, follows on a line of its own.
enum FailureText {
    static func text(of failure: Failure, in language: Language) -> String {
        guard language == .chinese, let definition = FailureCatalogue.program[failure.code] else {
            return failure.description
        }
        let place = failure.place.map { $0 + "：" } ?? ""
        let particulars = failure.message + (failure.remedy.map { "; " + $0 } ?? "")
        return place + definition.sentence.chinese + "；" + definition.remedy.chinese + " [\(failure.code)]\n  "
            + particulars.replacing("\n", with: "\n  ")
    }

    static func text(of problems: RegionProblems, in language: Language) -> String {
        problems.problems.map { text(of: $0.failure, in: language) }.joined(separator: "\n")
    }
}
