import Effects
import Synchronization
import Testing

@Suite("A wake-up", .timeLimit(.minutes(1)))
struct WakeupTests {
    /// What tasks of a test have come to.
    private final class Notes: Sendable {
        private let notes = Mutex<[Int]>([])

        func add(_ note: Int) { notes.withLock { $0.append(note) } }
        var all: [Int] { notes.withLock { $0 } }
    }

    /// Waits on a wake-up, each with a deadline that never comes; what a wait that began shows is its sleeper.
    private func waiting(
        _ count: Int, on wakeup: Wakeup, _ body: (_ time: ManualTime, _ cancel: () -> Void) async -> Void
    ) async {
        let time = ManualTime()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<count {
                group.addTask { await wakeup.wait(since: 0, orMilliseconds: 60_000, time: time) }
            }
            while time.sleeperCount < count { await Task.yield() }
            await body(time) { group.cancelAll() }
            await group.waitForAll()
        }
        #expect(time.sleeperCount == 0)
    }

    // MARK: Nothing is lost

    @Test("it ends the waits of all who wait")
    func many() async {
        let wakeup = Wakeup()
        await waiting(20, on: wakeup) { _, _ in wakeup.wake() }
        #expect(wakeup.count == 1)
    }

    @Test("whoever has not seen it does not wait, and whoever has waits for the next")
    func missed() async {
        let wakeup = Wakeup()
        wakeup.wake()
        await wakeup.wait(since: 0)
        await wakeup.wait(since: 0)
        let time = ManualTime()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wakeup.wait(since: 1, orMilliseconds: 60_000, time: time) }
            while time.sleeperCount < 1 { await Task.yield() }
            wakeup.wake()
        }
        #expect(wakeup.count == 2)
    }

    @Test("one that comes while nobody waits is kept for the next wait without a count, and ends only that one")
    func kept() async {
        let wakeup = Wakeup()
        let time = ManualTime()
        wakeup.wake()
        wakeup.wake()
        await wakeup.wait()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wakeup.wait(until: MonotonicTime(nanoseconds: 1_000_000), time) }
            // It sleeps: both are used up.
            while time.sleeperCount < 1 { await Task.yield() }
            time.advance(milliseconds: 1)
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wakeup.wait(until: MonotonicTime(nanoseconds: .max), time) }
            while time.sleeperCount < 1 { await Task.yield() }
            // The first ends the wait, the second is kept for the next.
            wakeup.wake()
            wakeup.wake()
        }
        await wakeup.wait()
    }

    @Test("waits with a count take none away from those without")
    func apart() async {
        let wakeup = Wakeup()
        await waiting(2, on: wakeup) { _, _ in wakeup.wake() }
        await wakeup.wait()
    }

    @Test("none is lost between two threads, whatever their pace")
    func threads() async {
        let there = Wakeup()
        let back = Wakeup()
        let turns = 20_000
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for turn in 0..<UInt64(turns) {
                    there.wake()
                    await back.wait(since: turn)
                }
            }
            group.addTask {
                for _ in 0..<turns {
                    await there.wait()
                    back.wake()
                }
            }
        }
        #expect(there.count == UInt64(turns) && back.count == UInt64(turns))
    }

    @Test("waits end in the order in which they began")
    func order() {
        let wakeup = Wakeup()
        let executor = StepExecutor()
        let ended = Notes()
        for number in 0..<5 {
            _ = Task(executorPreference: executor) {
                await wakeup.wait(since: 0)
                ended.add(number)
            }
            executor.drain()
        }
        wakeup.wake()
        executor.drain()
        #expect(ended.all == [0, 1, 2, 3, 4])
    }

    // MARK: Deadlines

    @Test("a wait ends at its deadline, and not before", arguments: [true, false])
    func deadline(_ hasCount: Bool) async {
        let wakeup = Wakeup()
        let time = ManualTime()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                if hasCount {
                    await wakeup.wait(since: 0, orMilliseconds: 500, time: time)
                } else {
                    await wakeup.wait(until: MonotonicTime(nanoseconds: 500_000_000), time)
                }
            }
            while time.sleeperCount < 1 { await Task.yield() }
            time.advance(milliseconds: 499)
            #expect(time.sleeperCount == 1)
            time.advance(milliseconds: 1)
        }
        #expect(time.sleeperCount == 0 && wakeup.count == 0)
    }

    @Test("a deadline that has come already ends a wait at once")
    func past() async {
        let time = ManualTime()
        time.advance(milliseconds: 10)
        for _ in 0..<100 { await Wakeup().wait(until: MonotonicTime(nanoseconds: 0), time) }
        let wakeup = Wakeup()
        for _ in 0..<100 { await wakeup.wait(since: 0, orMilliseconds: 0, time: time) }
        #expect(time.sleeperCount == 0)
    }

    @Test("a deadline ends its own wait only")
    func nextWait() async {
        let wakeup = Wakeup()
        let time = ManualTime()
        await wakeup.wait(until: MonotonicTime(nanoseconds: 0), time)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wakeup.wait(until: MonotonicTime(nanoseconds: 1_000_000), time) }
            group.addTask { await wakeup.wait(since: 0, orMilliseconds: 2, time: time) }
            // They sleep, although the wait before them ran out.
            while time.sleeperCount < 2 { await Task.yield() }
            time.advance(milliseconds: 1)
            await group.next()
            #expect(time.sleeperCount == 1)
            wakeup.wake()
        }
    }

    @Test("a wait for the clock on the wall ends when that says so, also where it was set meanwhile")
    func wallClock() async {
        for isSet in [false, true] {
            let (wakeup, time) = (Wakeup(), ManualTime())
            let due = time.wallTime.advanced(byMilliseconds: 3_600_000)
            let isOver = Wakeup()
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await wakeup.wait(since: 0, untilWallTime: due, orMilliseconds: nil, time: time)
                    isOver.wake()
                }
                var passed: Int64 = 0
                if isSet {
                    while time.sleeperCount < 1 { await Task.yield() }
                    time.jumpWallClock(milliseconds: 3_600_000)
                }
                while isOver.count == 0 {
                    while time.sleeperCount < 1, isOver.count == 0 { await Task.yield() }
                    guard isOver.count == 0 else { break }
                    time.advance(milliseconds: 10_000)
                    passed += 10_000
                    // Whoever sleeps on shows it; whoever does not has ended.
                    while time.sleeperCount < 1, isOver.count == 0 { await Task.yield() }
                }
                #expect(passed == (isSet ? 10_000 : 3_600_000))
            }
        }
    }

    @Test("a wait for the clock on the wall ends when it is woken, and when its milliseconds have passed")
    func wallClockOrElse() async {
        let (wakeup, time) = (Wakeup(), ManualTime())
        func waiting(orMilliseconds milliseconds: Int64?, _ body: () -> Void) async {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await wakeup.wait(since: 0, untilWallTime: nil, orMilliseconds: milliseconds, time: time)
                }
                while time.sleeperCount < 1 { await Task.yield() }
                body()
            }
        }
        await waiting(orMilliseconds: 2_000) { time.advance(milliseconds: 2_000) }
        // What is due already ends at once, after a millisecond.
        let due = time.wallTime
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wakeup.wait(since: 0, untilWallTime: due, orMilliseconds: nil, time: time) }
            while time.sleeperCount < 1 { await Task.yield() }
            time.advance(milliseconds: 1)
        }
        await waiting(orMilliseconds: nil) { wakeup.wake() }
        await wakeup.wait(since: 0, untilWallTime: nil, orMilliseconds: nil, time: time)
        #expect(time.sleeperCount == 0 && wakeup.count == 1)
    }

    @Test("a wake-up before the deadline ends the sleep with the wait")
    func woken() async {
        let wakeup = Wakeup()
        await waiting(1, on: wakeup) { _, _ in wakeup.wake() }
    }

    // MARK: Cancellation

    @Test("a cancelled wait ends, before and after it began, with and without a deadline", arguments: [false, true])
    func cancellation(_ isLate: Bool) async {
        let wakeup = Wakeup()
        let begun = Notes()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                begun.add(1)
                await wakeup.wait()
            }
            group.addTask {
                begun.add(1)
                await wakeup.wait(since: 0)
            }
            if isLate { while begun.all.count < 2 { await Task.yield() } }
            group.cancelAll()
        }
        if isLate {
            await waiting(3, on: wakeup) { _, cancel in cancel() }
        } else {
            let time = ManualTime()
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await wakeup.wait(until: MonotonicTime(nanoseconds: .max), time) }
                group.cancelAll()
            }
            #expect(time.sleeperCount == 0)
        }
        #expect(wakeup.count == 0)
    }

    @Test("a wait that is not cancellable goes on until it is woken")
    func uncancellable() {
        let wakeup = Wakeup()
        let executor = StepExecutor()
        let ended = Notes()
        let tasks = (0..<2).map { number in
            Task(executorPreference: executor) {
                if number == 0 {
                    await wakeup.wait(isCancellable: false)
                } else {
                    await wakeup.wait(since: 0, isCancellable: false)
                }
                ended.add(number)
            }
        }
        tasks[0].cancel()
        executor.drain()
        tasks[1].cancel()
        executor.drain()
        #expect(ended.all.isEmpty)
        wakeup.wake()
        executor.drain()
        #expect(ended.all.count == 2)
    }
}
