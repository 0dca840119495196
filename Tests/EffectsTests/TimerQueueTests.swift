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
        let start = SystemTime().monotonicTime
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

    @Test func nothingIsDoneOnceItHasBeenTakenBack() async {
        let queue = TimerQueue()
        let late = Mutex(0)
        let done = Mutex(0)
        for round in 0..<3_000 {
            let isOver = Mutex(false)
            let id = queue.at(SystemTime().monotonicTime) {
                done.withLock { $0 += 1 }
                if isOver.withLock({ $0 }) { late.withLock { $0 += 1 } }
            }
            for _ in 0..<(round % 200) { await Task.yield() }
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
        let task = Task { try await time.sleep(milliseconds: 3_600_000) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func aWaitIsEndedByItsDeadlineOnlyWhereItIsNotOver() async {
        let time = SystemTime()
        let expired = Mutex<[String]>([])
        await time.limit(until: soon(5), expire: { expired.withLock { $0.append("first") } }) {
            while expired.withLock({ $0.isEmpty }) { await Task.yield() }
        }
        await time.limit(until: never, expire: { expired.withLock { $0.append("second") } }) {}
        #expect(expired.withLock { $0 } == ["first"])
    }
}
