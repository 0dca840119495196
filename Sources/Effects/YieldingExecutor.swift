import Dispatch
import Foundation
import Glibc
import Synchronization

/// Runs tasks on one thread that gives way to every other thread of the machine: for what somebody looks at now and then, and
/// nobody waits for.
///
/// A task runs on it by `withTaskExecutorPreference`. The thread lives as long as the process.
package final class YieldingExecutor: TaskExecutor {
    package static let shared = YieldingExecutor()

    /// How much less its thread is worth than others, as a nice value (setpriority(2)).
    static let niceness: Int32 = 10

    private let jobs = Mutex<[UnownedJob]>([])
    private let work = DispatchSemaphore(value: 0)

    private init() {
        let thread = Thread { [self] in
            // Linux gives each thread a value of its own. Where it is refused, the thread runs as others do.
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.currentNiceness + Self.niceness)
            while true { runNext() }
        }
        thread.name = "yielding"
        thread.start()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        jobs.withLock { $0.append(unowned) }
        work.signal()
    }

    private func runNext() {
        work.wait()
        let job = jobs.withLock { $0.removeFirst() }
        job.runSynchronously(on: asUnownedTaskExecutor())
    }

    /// The nice value of the thread that asks.
    static var currentNiceness: Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }
}
