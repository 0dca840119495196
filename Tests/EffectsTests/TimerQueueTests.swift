import Synchronization
import Testing

@testable import Effects

@Suite(.timeLimit(.minutes(1))) struct TimerQueueTests {
    private func soon(_ milliseconds: Int64) -> MonotonicTime {
        SystemTime().monotonicTime.advanced(byMilliseconds: milliseconds)
    }

    private var never: MonotonicTime { soon(3_600_000) }

    @Test func actionsAreDoneInTheOrderOfTheirTimesAndNotBefore() async {
        let queue = TimerQueue()
        let done = Mutex<[Int64]>([])
        let early = Mutex(0)
        // Far enough away that all are there before the first is due.
        let start = soon(300)
        await withCheckedContinuation { continuation in
            for milliseconds: Int64 in [30, 5, 20, 5, 10] {
                let due = start.advanced(byMilliseconds: milliseconds)
                _ = queue.at(due) {
                    if SystemTime().monotonicTime < due { early.withLock { $0 += 1 } }
                    done.withLock { $0.append(milliseconds) }
                    if milliseconds == 30 { continuation.resume() }
                }
            }
        }
        #expect(done.withLock { $0 } == [5, 5, 10, 20, 30])
        #expect(early.withLock { $0 } == 0)
        #expect(queue.counts.pending == 0)
    }

    @Test func whatIsTakenBackIsGoneAtOnce() {
        final class Held: Sendable {}
        let queue = TimerQueue()
        weak var held: Held?
        let id: UInt64
        do {
            let object = Held()
            held = object
            id = queue.at(never) { withExtendedLifetime(object) {} }
        }
        #expect(held != nil)
        queue.cancel(id)
        #expect(held == nil)
        // Of many that are taken back hardly a place is left.
        for _ in 0..<10_000 { queue.cancel(queue.at(never) {}) }
        #expect(queue.counts.pending == 0)
        #expect(queue.counts.places < 300)
    }

    @Test func nothingIsDoneOnceItHasBeenTakenBack() {
        let queue = TimerQueue()
        let time = SystemTime()
        let late = Mutex(0)
        let done = Mutex(0)
        for round: Int64 in 0..<2_000 {
            let isOver = Mutex(false)
            let start = time.monotonicTime
            let id = queue.at(start) {
                done.withLock { $0 += 1 }
                if isOver.withLock({ $0 }) { late.withLock { $0 += 1 } }
            }
            // Up to 200 µs: around the moment in which it comes. The thread is kept, or others would have it for long.
            while time.monotonicTime.nanoseconds - start.nanoseconds < round % 200 * 1_000 {}
            queue.cancel(id)
            isOver.withLock { $0 = true }
        }
        #expect(late.withLock { $0 } == 0)
        #expect(done.withLock { $0 } > 0, "none of them came: the test shows nothing")
    }

    @Test func aSleepEndsAtItsTimeOrWithItsTask() async throws {
        let time = SystemTime()
        let due = time.monotonicTime.advanced(byMilliseconds: 5)
        try await time.sleep(until: due)
        #expect(time.monotonicTime >= due)
        try await time.sleep(until: due)
        let pending = TimerQueue.shared.counts.pending
        let task = Task { try await time.sleep(milliseconds: 3_600_000) }
        // Other tests may set timers, too; one more is enough to know that it sleeps, and none is needed to pass.
        for _ in 0..<1_000 where TimerQueue.shared.counts.pending <= pending { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func aWaitIsEndedByItsDeadlineOnlyWhereItIsNotOver() async {
        let time = SystemTime()
        let expired = Mutex<[String]>([])
        await time.limit(until: soon(5), expire: { expired.withLock { $0.append("first") } }) {
            while expired.withLock({ $0.isEmpty }) { await Task.yield() }
        }
        final class Held: Sendable {}
        weak var held: Held?
        do {
            let object = Held()
            held = object
            await time.limit(until: never, expire: { [object] in expired.withLock { $0.append("\(object)") } }) {}
        }
        #expect(held == nil, "the timer of a wait that is over is gone")
        #expect(expired.withLock { $0 } == ["first"])
    }
}
