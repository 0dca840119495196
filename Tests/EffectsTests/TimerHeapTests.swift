import Effects
import Testing

@Suite struct TimerHeapTests {
    @Test(arguments: 1...5) func timersComeInTheOrderOfTheirTimesAndNumbers(_ seed: UInt64) {
        var heap = TimerHeap()
        let random = SeededRandom(seed: seed)
        for id in 1...500 {
            let due = MonotonicTime(nanoseconds: Int64(random.number(below: 50)))
            heap.insert(TimerHeap.Timer(due: due, id: UInt64(id)))
        }
        // Some seeds forget some in between.
        if seed % 2 == 0 { heap.keep { $0 % 3 != 0 } }
        let kept = heap.count
        #expect(kept == (seed % 2 == 0 ? 334 : 500))
        var last: (MonotonicTime, UInt64) = (MonotonicTime(nanoseconds: -1), 0)
        var count = 0
        while let timer = heap.popFirst() {
            #expect(last < (timer.due, timer.id))
            last = (timer.due, timer.id)
            count += 1
        }
        #expect(count == kept)
    }
}
