import Effects
import Synchronization
import Testing

struct ManualTimeTests {
    private final class Log: Sendable {
        private let lines = Mutex<[String]>([])

        func add(_ line: String) { lines.withLock { $0.append(line) } }

        var all: [String] { lines.withLock { $0 } }
    }

    /// Starts sleepers on one thread of the test's own, so that their order is exact.
    private func start(_ sleeps: [(name: String, milliseconds: Int64)], on time: ManualTime) -> (
        StepExecutor, Log, [Task<Void, any Error>]
    ) {
        let executor = StepExecutor()
        let log = Log()
        let tasks = sleeps.map { sleep in
            Task(executorPreference: executor) {
                do {
                    try await time.sleep(milliseconds: sleep.milliseconds)
                    log.add(sleep.name)
                } catch {
                    log.add(sleep.name + " cancelled")
                    throw error
                }
            }
        }
        executor.drain()
        return (executor, log, tasks)
    }

    @Test("sleepers wake in the order of their deadlines, and among equals in the order in which they went to sleep")
    func order() {
        let time = ManualTime()
        let (executor, log, _) = start([("c", 30), ("a1", 10), ("b", 20), ("a2", 10), ("a3", 10), ("d", 40)], on: time)
        #expect(time.sleeperCount == 6)
        time.advance(milliseconds: 30)
        executor.drain()
        #expect(log.all == ["a1", "a2", "a3", "b", "c"])
        #expect(time.sleeperCount == 1)
        time.advance(milliseconds: 10)
        executor.drain()
        #expect(log.all.last == "d")
    }

    @Test("nobody wakes before the deadline")
    func early() {
        let time = ManualTime()
        let (executor, log, _) = start([("a", 10)], on: time)
        for _ in 0..<9 { time.advance(milliseconds: 1) }
        executor.drain()
        #expect(log.all.isEmpty)
        time.advance(milliseconds: 1)
        executor.drain()
        #expect(log.all == ["a"])
    }

    @Test("a sleep until a moment that has come returns at once")
    func past() {
        let time = ManualTime()
        time.advance(milliseconds: 100)
        let (_, log, _) = start([("now", 0), ("before", -50)], on: time)
        #expect(log.all == ["now", "before"])
        #expect(time.sleeperCount == 0)
    }

    @Test("a cancelled sleeper wakes with an error and the others sleep on")
    func cancellation() {
        let time = ManualTime()
        let (executor, log, tasks) = start([("a", 10), ("b", 10)], on: time)
        tasks[0].cancel()
        executor.drain()
        #expect(log.all == ["a cancelled"])
        #expect(time.sleeperCount == 1)
        time.advance(milliseconds: 10)
        executor.drain()
        #expect(log.all == ["a cancelled", "b"])
        tasks[1].cancel()
        executor.drain()
        #expect(log.all.count == 2)
    }

    @Test("a sleep of a task that is cancelled already does not begin")
    func cancelledBefore() {
        let time = ManualTime()
        let executor = StepExecutor()
        let log = Log()
        let task = Task(executorPreference: executor) {
            await #expect(throws: CancellationError.self) { try await time.sleep(milliseconds: 10) }
            log.add("over")
        }
        task.cancel()
        executor.drain()
        #expect(log.all == ["over"])
        #expect(time.sleeperCount == 0)
    }

    @Test("sleeping for ever ends with cancellation alone")
    func forever() {
        let time = ManualTime()
        let executor = StepExecutor()
        let log = Log()
        let task = Task(executorPreference: executor) {
            await #expect(throws: CancellationError.self) { try await time.sleepForever() }
            log.add("over")
        }
        executor.drain()
        time.advance(milliseconds: 100 * 3_600_000)
        executor.drain()
        #expect(log.all.isEmpty)
        #expect(time.sleeperCount == 1)
        task.cancel()
        executor.drain()
        #expect(log.all == ["over"])
    }

    @Test("the civil clock jumps without waking anybody, and passing time moves both clocks")
    func jump() {
        let time = ManualTime(wallTime: WallTime(milliseconds: 1_000))
        let (executor, log, _) = start([("a", 10)], on: time)
        time.jumpWallClock(milliseconds: -900)
        executor.drain()
        #expect(log.all.isEmpty)
        #expect(time.wallTime == WallTime(milliseconds: 100))
        #expect(time.monotonicTime == MonotonicTime(nanoseconds: 0))
        time.advance(milliseconds: 5)
        #expect(time.wallTime == WallTime(milliseconds: 105))
        #expect(time.monotonicTime.milliseconds(since: MonotonicTime(nanoseconds: 0)) == 5)
    }

    @Test("the machine's clocks run forward, and a cancelled sleep ends")
    func system() async {
        let time = SystemTime()
        let (wall, start) = (time.wallTime, time.monotonicTime)
        #expect(wall > WallTime(milliseconds: 1_700_000_000_000))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { try await time.sleep(milliseconds: 3_600_000) }
            }
            group.cancelAll()
        }
        #expect(time.monotonicTime >= start)
        #expect(time.monotonicTime.milliseconds(since: start) < 600_000)
    }
}
