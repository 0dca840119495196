import Effects
import Foundation
import Logging

/// How a process ends that may not acknowledge anything any more.
enum LastWords {
    /// `EX_IOERR` of sysexits.h.
    static let storageExitCode: Int32 = 74
    static let hangingExitCode: Int32 = 1

    /// The store failed: one clear last line, and the end at once.
    ///
    /// Nothing that waits may be acknowledged.
    static func storageBroken(_ failure: Failure, logger: Logger) {
        logger.critical(
            "the node stops at once", metadata: ["code": "\(failure.code)", "reason": "\(failure.message)"])
        Terminal.error("yilian: the node stops at once, nothing more is acknowledged: \(failure.description)")
        _exit(storageExitCode)
    }

    /// A graceful stop that took too long.
    static func hanging(logger: Logger) {
        logger.critical("the node did not stop in time and is ended; its ledger is sound")
        _exit(hangingExitCode)
    }
}
