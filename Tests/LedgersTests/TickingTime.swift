import Effects
import Synchronization

/// A time source whose wall clock is a millisecond later at each look.
final class TickingTime: TimeSource {
    private let now = Mutex<Int64>(1_790_000_000_000)

    var wallTime: WallTime {
        WallTime(
            milliseconds: now.withLock { now in
                now += 1
                return now
            })
    }

    var monotonicTime: MonotonicTime { MonotonicTime(nanoseconds: now.withLock { $0 } * 1_000_000) }

    func sleep(until deadline: MonotonicTime) async throws { try Task.checkCancellation() }
}
