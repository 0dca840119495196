import ArgumentParser
import Effects
import Foundation
import Regions

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
    func leave(saying error: any Error) -> Never {
        switch error {
        case let failure as Failure: Terminal.error(failure.description)
        case let problems as RegionProblems: Terminal.error(problems.description)
        case is ExitCode, is CancellationError: break
        default:
            let message = Yilian.fullMessage(for: error)
            if self == .done { Terminal.line(message) } else { Terminal.error(message) }
        }
        exit(rawValue)
    }
}

extension ExitCode {
    /// Done, but something needs a look.
    static let degraded = ExitCode(ExitStatus.degraded.rawValue)
}
