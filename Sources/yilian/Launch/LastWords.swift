import Console
import Effects
import Foundation
import Logging

/// How a process ends that may not acknowledge anything any more.
enum LastWords {
    /// `EX_IOERR` of sysexits.h.
    static let storageExitCode: Int32 = 74
    static let hangingExitCode: Int32 = 1
    /// How long an end waits for somebody to read the log.
    static let flushMilliseconds = 1_000

    /// The last line of a process, behind all that waits; nobody who does not read it keeps the process from its end.
    static func say(_ text: String, to log: LineWriter) {
        log.write(PlainText.lines(text) + "\n", .important)
        log.flush(milliseconds: flushMilliseconds)
    }

    /// The store failed: one clear last line, and the end at once.
    ///
    /// Nothing that waits may be acknowledged.
    static func storageBroken(_ failure: Failure, logger: Logger, log: LineWriter) {
        logger.critical(
            "the node stops at once", metadata: ["code": "\(failure.code)", "reason": "\(failure.message)"])
        say("yilian: the node stops at once, nothing more is acknowledged: \(failure.description)", to: log)
        _exit(storageExitCode)
    }

    /// A graceful stop that took too long.
    static func hanging(logger: Logger, log: LineWriter) {
        logger.critical("the node did not stop in time and is ended; its ledger is sound")
        log.flush(milliseconds: flushMilliseconds)
        _exit(hangingExitCode)
    }
}
