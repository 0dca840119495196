package import ArgumentParser
import Console
package import ServiceKit

/// A verb that asks a node one thing and shows the answer.
///
/// It says whom it asks, what, and how the answer looks to people; ``run()`` does the rest. `--json` shows the answer as the
/// node gave it.
package protocol AskingVerb: AsyncParsableCommand {
    associatedtype Question: Sendable
    associatedtype Answer: Encodable & Sendable

    static var endpoint: Endpoint<Question, Answer> { get }
    var node: NodeOptions { get }
    var output: OutputOptions { get }

    /// What is asked.
    ///
    /// - Throws: `ValidationError` where the command line does not say it.
    func question() throws -> Question
    /// Shows the answer to people.
    func show(_ answer: Answer) throws
    /// The exit code where the node answered and something is not as it should be; nil where all is well, as it is where a
    /// verb does not say.
    func ending(_ answer: Answer) -> ExitCode?
}

extension AskingVerb where Question == NoQuestion {
    package func question() -> NoQuestion { NoQuestion() }
}

extension AskingVerb {
    package func ending(_ answer: Answer) -> ExitCode? { nil }

    package func run() async throws {
        let asked = try question()
        let answer = try await node.talk { try await $0.ask(Self.endpoint, asked) }
        if output.json { try Terminal.json(answer) } else { try show(answer) }
        if let code = ending(answer) { throw code }
    }
}
