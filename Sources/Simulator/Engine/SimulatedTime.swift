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
        try Task.checkCancellation()
        if let life, !life.isAlive { throw CancellationError() }
        let due = Wakeup()
        let timer = scheduler.at(deadline) { due.wake() }
        let ending = life?.onEnd { due.wake() }
        await due.wait(since: 0)
        scheduler.cancel(timer)
        if let ending { life?.forget(ending) }
        try Task.checkCancellation()
        if let life, !life.isAlive { throw CancellationError() }
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
        let due = Wakeup()
        scheduler.at(scheduler.now.advanced(byMilliseconds: 1)) { due.wake() }
        await due.wait(since: 0, isCancellable: false)
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
