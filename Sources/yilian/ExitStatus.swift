import ArgumentParser
import Console
import Effects
import Foundation
import Regions
import VerbKit

/// How a command ends, for scripts.
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case wrongUsage = 2
    /// It was done, and something about it needs a look.
    case degraded = 3
    case notReachable = 4

    init(of error: any Error) {
        switch error {
        case let failure as Failure where failure.code == "console.notReachable": self = .notReachable
        case is Failure, is RegionProblems, is CancellationError: self = .failed
        case let code as ExitCode: self = ExitStatus(rawValue: code.rawValue) ?? .failed
        default:
            switch Yilian.exitCode(for: error) {
            case .success: self = .done
            case .validationFailure: self = .wrongUsage
            default: self = .failed
            }
        }
    }

    /// Says what happened, where there is something to say, and ends the process.
    ///
    /// With `--json` a problem is one line of JSON on standard error, of the same shape as over HTTP.
    func leave(saying error: any Error) -> Never {
        if let words = words(for: error) {
            if self == .done { Terminal.line(words) } else { Terminal.error(words) }
        }
        exit(rawValue)
    }

    /// What there is to say about an error: for a person in their language, or with `--json` as one line.
    func words(for error: any Error) -> String? {
        let isJSON = Invocation.ofThisProcess.isJSON
        let language = Language.current
        switch error {
        case is ExitCode, is CancellationError: return nil
        case let failure as Failure where isJSON: return Self.json(failure)
        case let failure as Failure: return FailureText.text(of: failure, in: language)
        case let problems as RegionProblems where isJSON: return Self.json(problems.failure)
        case let problems as RegionProblems: return FailureText.text(of: problems, in: language)
        case _ where self == .done: return Self.text(of: error, in: language)
        case _ where isJSON:
            let code: Failure.Code = self == .wrongUsage ? "usage.wrong" : "usage.unforeseen"
            return Self.json(Failure(code, Yilian.message(for: error)))
        default: return Self.text(of: error, in: language)
        }
    }

    /// What the argument parser says of an error, or the help that was asked for.
    private static func text(of error: any Error, in language: Language) -> String {
        let message = Yilian.fullMessage(for: error)
        let arguments = Invocation.ofThisProcess.arguments
        return (try? ParserAnswer.text(message, arguments: arguments, in: language)) ?? message
    }

    private static func json(_ failure: Failure) -> String {
        do { return try Terminal.jsonLine(ProblemInfo(failure, in: .program)) } catch {
            return failure.description
        }
    }
}
