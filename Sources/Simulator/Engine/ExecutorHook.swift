import Effects
import Glibc

private typealias Enqueue = @convention(thin) (UnownedJob, @convention(thin) (UnownedJob) -> Void) -> Void

/// The thread of the simulation; jobs of other threads take their usual way.
nonisolated(unsafe) private var simulationThread = pthread_self()

/// Hands every job that Swift would give to its thread pool to ``Scheduler/current``.
///
/// The hook is a variable of the Swift runtime that the language does not promise: it is looked up by name, a canary
/// test runs one seed twice, and nothing but the simulator uses it.
enum ExecutorHook {
    /// - Throws: `simulate.noHook` where the runtime is not there by name (a statically linked program).
    static func install() throws {
        simulationThread = pthread_self()
        let hook: Enqueue = { job, original in
            if let scheduler = Scheduler.current, pthread_equal(simulationThread, pthread_self()) != 0 {
                scheduler.enqueue(job)
            } else {
                original(job)
            }
        }
        for name in names { try symbol(name).pointee = hook }
    }

    static func remove() throws {
        for name in names { try symbol(name).pointee = nil }
    }

    private static let names = ["swift_task_enqueueGlobal_hook", "swift_task_enqueueMainExecutor_hook"]

    private static func symbol(_ name: String) throws -> UnsafeMutablePointer<Enqueue?> {
        guard let symbol = dlsym(nil, name) else {
            throw Failure(
                "simulate.noHook", "this program's Swift runtime has no \(name)",
                remedy: "build with the dynamic Swift runtime (without -static-stdlib)")
        }
        return symbol.assumingMemoryBound(to: Enqueue?.self)
    }
}
