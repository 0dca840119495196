package import Effects

/// A node's clocks in a simulation: the region's virtual time, and a civil clock of its own that faults may set.
package final class SimulatedTime: TimeSource, @unchecked Sendable {
    private let scheduler: Scheduler
    private let life: Life?
    private let clock: CivilClock

    init(_ scheduler: Scheduler, clock: CivilClock, life: Life? = nil) {
        self.scheduler = scheduler
        self.clock = clock
        self.life = life
    }

    package var monotonicTime: MonotonicTime { scheduler.now }
    package var wallTime: WallTime { clock.time(at: scheduler.now) }

    package func sleep(until deadline: MonotonicTime) async throws {
        if let life, !life.isAlive { throw CancellationError() }
        let sleeper = Sleeper()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                    return
                }
                sleeper.continuation = continuation
                sleeper.timer = scheduler.at(deadline) { sleeper.finish(.success(())) }
                sleeper.ending = life?.onEnd { sleeper.finish(.failure(CancellationError())) }
            }
        } onCancel: {
            if let timer = sleeper.timer { scheduler.cancel(timer) }
            sleeper.finish(.failure(CancellationError()))
        }
        if let ending = sleeper.ending { life?.forget(ending) }
    }

    /// A timer instead of a task that sleeps: most of what happens in a quiet region are such waits.
    package func limit(
        until deadline: MonotonicTime, expire: @escaping @Sendable () -> Void, _ body: () async -> Void
    ) async {
        // Whoever waits again and again where every wait ends at once lets the others go on, and time too.
        if Task.isCancelled || life?.isAlive == false { await turn() }
        let ending = life?.onEnd(expire)
        let timer = scheduler.at(deadline, expire)
        await body()
        scheduler.cancel(timer)
        if let ending { life?.forget(ending) }
    }

    /// Returns a millisecond later, also where the task is cancelled or the process has ended.
    ///
    /// `Task.yield` would leave for the thread pool.
    private func turn() async {
        await withCheckedContinuation { continuation in
            scheduler.at(scheduler.now.advanced(byMilliseconds: 1)) { continuation.resume() }
        }
    }

    // Touched on the simulation's one thread only.
    private final class Sleeper: @unchecked Sendable {
        var continuation: CheckedContinuation<Void, any Error>?
        var timer: UInt64?
        var ending: UInt64?

        func finish(_ result: Result<Void, any Error>) {
            guard let continuation else { return }
            self.continuation = nil
            continuation.resume(with: result)
        }
    }
}

/// A machine's civil clock: how far it stands from virtual time.
final class CivilClock: @unchecked Sendable {
    private let start: WallTime
    /// Milliseconds; what faults change.
    var offset: Int64 = 0

    init(start: WallTime) {
        self.start = start
    }

    func time(at now: MonotonicTime) -> WallTime {
        start.advanced(byMilliseconds: now.nanoseconds / 1_000_000 + offset)
    }
}
