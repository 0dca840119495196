import Synchronization

/// A time source that stands still until a test advances it.
///
/// Sleepers are resumed in order of their deadlines, and among equals in the order in which they went to sleep.
package final class ManualTime: TimeSource {
    private struct Sleeper {
        var id: UInt64
        var deadline: MonotonicTime
        let due = Wakeup()
    }

    private struct State {
        var wall: WallTime
        var monotonic = MonotonicTime(nanoseconds: 0)
        var nextID: UInt64 = 0
        var sleepers: [Sleeper] = []
    }

    private let state: Mutex<State>

    package init(wallTime: WallTime = WallTime(milliseconds: 1_790_000_000_000)) {
        state = Mutex(State(wall: wallTime))
    }

    package var wallTime: WallTime { state.withLock { $0.wall } }
    package var monotonicTime: MonotonicTime { state.withLock { $0.monotonic } }

    /// How many tasks are waiting for time to pass.
    package var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    package func sleep(until deadline: MonotonicTime) async throws {
        try Task.checkCancellation()
        let sleeper: Sleeper? = state.withLock { state in
            guard deadline > state.monotonic else { return nil }
            state.nextID += 1
            let sleeper = Sleeper(id: state.nextID, deadline: deadline)
            state.sleepers.append(sleeper)
            return sleeper
        }
        guard let sleeper else { return }
        await sleeper.due.wait(since: 0)
        state.withLock { $0.sleepers.removeAll { $0.id == sleeper.id } }
        try Task.checkCancellation()
    }

    /// Lets time pass and resumes everyone whose deadline has come.
    package func advance(milliseconds: Int64) {
        let due: [Sleeper] = state.withLock { state in
            state.monotonic = state.monotonic.advanced(byMilliseconds: milliseconds)
            state.wall = state.wall.advanced(byMilliseconds: milliseconds)
            let now = state.monotonic
            let due = state.sleepers.filter { $0.deadline <= now }.sorted {
                ($0.deadline, $0.id) < ($1.deadline, $1.id)
            }
            state.sleepers.removeAll { $0.deadline <= now }
            return due
        }
        for sleeper in due { sleeper.due.wake() }
    }

    /// Moves the civil clock alone, as an operator or a bad time server does.
    package func jumpWallClock(milliseconds: Int64) {
        state.withLock { $0.wall = $0.wall.advanced(byMilliseconds: milliseconds) }
    }
}
