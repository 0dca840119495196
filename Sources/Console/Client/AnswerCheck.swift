import Effects
import ServiceKit

/// Holds what a node answers against what its endpoint declares, and refuses what the declaration does not say.
///
/// A client reads an answer of a later release, too, so this is for tests: they set ``variable`` for every program that
/// they start, and whatever those ask is checked.
struct AnswerCheck: Sendable {
    /// Any value of this variable of the environment turns the check on.
    static let variable = "YILIAN_CHECK_ANSWERS"

    let description: EndpointDescription

    /// - Returns: none where nothing is to be checked.
    init?(_ description: EndpointDescription, environment: (String) -> String? = ProcessImage.environment) {
        guard environment(Self.variable) != nil else { return nil }
        self.description = description
    }

    /// - Throws: `console.undeclared` where the answer is JSON of another shape.
    func check(answer bytes: [UInt8]) throws {
        guard case .json(let schema) = description.answer else { return }
        let value = try OperatorJSON.value(AnyJSON.self, from: bytes, place: description.path)
        if let problem = try schema.get().problem(in: value) { throw undeclared(problem) }
    }

    /// - Throws: `console.undeclared` where the endpoint does not say that it fails so.
    func check(failure: Failure) throws {
        // Anybody may come without a token or too often, whatever is asked.
        let isOfAll = Self.ofAll.contains(failure.code.rawValue)
        if !isOfAll, !description.failures.contains(failure.class) {
            throw undeclared("'\(failure.code)' is of the class '\(failure.class)'")
        }
    }

    private static let ofAll: Set<String> = ["console.unauthorised", "console.wrongTokens", "console.overloaded"]

    private func undeclared(_ problem: String) -> Failure {
        Failure(
            "console.undeclared", "the answer is not what the endpoint declares: \(problem)", place: description.path)
    }
}
