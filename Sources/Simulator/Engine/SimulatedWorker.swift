import Effects

/// A thread of a node in a simulation: one item at a time, each with the time that a disk takes.
final class SimulatedWorker: Worker, @unchecked Sendable {
    private let scheduler: Scheduler
    private let time: SimulatedTime
    private let life: Life
    private var isBusy = false
    /// Those who wait for their turn, each woken when it has come.
    private var waiting: [Wakeup] = []

    init(_ scheduler: Scheduler, time: SimulatedTime, life: Life) {
        self.scheduler = scheduler
        self.time = time
        self.life = life
    }

    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        if isBusy {
            let turn = Wakeup()
            waiting.append(turn)
            await turn.wait(since: 0, isCancellable: false)
        }
        isBusy = true
        defer { next() }
        await pause()
        let result = Result { try body() }
        // Between the commit and whoever waits for it lies a moment in which the process may die.
        await pause()
        guard life.isAlive else { throw Failure("storage.broken", "the process has ended") }
        return try result.get()
    }

    private func pause() async {
        // Virtual microseconds; a cancelled caller's item is done all the same, as on a thread.
        let due = MonotonicTime(
            nanoseconds: scheduler.now.nanoseconds + Int64(scheduler.random.number(below: 2_000_000)))
        let isDue = Wakeup()
        scheduler.at(due) { isDue.wake() }
        await isDue.wait(since: 0, isCancellable: false)
    }

    private func next() {
        isBusy = false
        if !waiting.isEmpty {
            isBusy = true
            waiting.removeFirst().wake()
        }
    }
}
