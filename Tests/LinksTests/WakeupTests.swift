import Effects
import Testing

@testable import Links

struct WakeupTests {
    @Test("a wait ends at its deadline")
    func deadline() async {
        let wakeup = Wakeup()
        let time = ManualTime()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wakeup.wait(until: MonotonicTime(nanoseconds: 500_000_000), time) }
            while time.sleeperCount < 1 { await Task.yield() }
            time.advance(milliseconds: 499)
            #expect(time.sleeperCount == 1)
            time.advance(milliseconds: 1)
            await group.waitForAll()
        }
        #expect(time.sleeperCount == 0)
    }

    @Test("a deadline that has come already ends a wait at once")
    func past() async {
        let time = ManualTime()
        time.advance(milliseconds: 10)
        for _ in 0..<100 { await Wakeup().wait(until: MonotonicTime(nanoseconds: 0), time) }
        #expect(time.sleeperCount == 0)
    }

    @Test("a wake-up ends a wait before its deadline, and the sleep with it")
    func woken() async {
        let wakeup = Wakeup()
        let time = ManualTime()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wakeup.wait(until: MonotonicTime(nanoseconds: .max), time) }
            while time.sleeperCount < 1 { await Task.yield() }
            wakeup.wake()
            await group.waitForAll()
        }
        #expect(time.sleeperCount == 0)
    }

    @Test("a deadline that has come ends its own wait only")
    func nextWait() async {
        let wakeup = Wakeup()
        let time = ManualTime()
        await wakeup.wait(until: MonotonicTime(nanoseconds: 0), time)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wakeup.wait(until: MonotonicTime(nanoseconds: 1_000_000), time) }
            // It sleeps, although the wait before it ran out.
            while time.sleeperCount < 1 { await Task.yield() }
            time.advance(milliseconds: 1)
            await group.waitForAll()
        }
        wakeup.wake()
        await wakeup.wait()
    }

    @Test("a cancelled wait ends, before and after it began")
    func cancellation() async {
        let time = ManualTime()
        for isLate in [false, true] {
            let wakeup = Wakeup()
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await wakeup.wait(until: MonotonicTime(nanoseconds: .max), time) }
                if isLate { while time.sleeperCount < 1 { await Task.yield() } }
                group.cancelAll()
                await group.waitForAll()
            }
        }
        #expect(time.sleeperCount == 0)
    }
}
