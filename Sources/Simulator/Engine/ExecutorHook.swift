import CSwiftRuntime
import Glibc

private typealias Enqueue = @convention(thin) (UnownedJob, @convention(thin) (UnownedJob) -> Void) -> Void

/// The thread of the simulation; jobs of other threads take their usual way.
nonisolated(unsafe) private var simulationThread = pthread_self()

/// Hands every job that Swift would give to its thread pool to ``Scheduler/current``.
///
/// The hook is a variable of the Swift runtime that the language does not promise: a canary test runs one seed twice, and
/// nothing but the simulator uses it.
enum ExecutorHook {
    static func install() {
        simulationThread = pthread_self()
        let hook: Enqueue = { job, original in
            if let scheduler = Scheduler.current, pthread_equal(simulationThread, pthread_self()) != 0 {
                scheduler.enqueue(job)
            } else {
                original(job)
            }
        }
        set(hook)
    }

    static func remove() {
        set(nil)
    }

    private static func set(_ hook: Enqueue?) {
        for place in [yilian_enqueue_global_hook(), yilian_enqueue_main_executor_hook()] {
            place?.withMemoryRebound(to: Enqueue?.self, capacity: 1) { $0.pointee = hook }
        }
    }
}
