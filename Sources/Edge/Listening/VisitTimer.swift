import Doors
import Effects
import NIOCore
import Synchronization

/// Until when a connection, or one of the requests that share it, may be as it is.
final class VisitTimer: Sendable {
    private struct State {
        var clock: DoorClock
        var task: Scheduled<Void>?
        /// For when the task is set.
        var due: MonotonicTime?
        var isOver = false
        var onLate: (@Sendable (DoorPhase) -> Void)?
    }

    private let loop: any EventLoop
    private let time: any TimeSource
    private let state: Mutex<State>

    init(_ deadlines: DoorDeadlines, phase: DoorPhase, loop: any EventLoop, time: any TimeSource) {
        self.loop = loop
        self.time = time
        state = Mutex(State(clock: DoorClock(deadlines, phase: phase, now: time.monotonicTime)))
    }

    /// Begins to watch.
    ///
    /// - Parameter body: called once, on the loop, when it has been in a phase for too long.
    func onLate(_ body: @escaping @Sendable (DoorPhase) -> Void) {
        state.withLock { state in
            state.onLate = body
            arm(&state)
        }
    }

    func enter(_ phase: DoorPhase) {
        let now = time.monotonicTime
        state.withLock { state in
            state.clock.enter(phase, now: now)
            arm(&state)
        }
    }

    func prove() {
        state.withLock { state in
            state.clock.prove()
            arm(&state)
        }
    }

    func end() {
        let task = state.withLock { state in
            state.isOver = true
            defer { state.task = nil }
            return state.task
        }
        task?.cancel()
    }

    /// Sets the task where none is set that comes in time.
    private func arm(_ state: inout State) {
        guard !state.isOver, let deadline = state.clock.deadline else { return }
        if let due = state.due, due <= deadline { return }
        state.task?.cancel()
        state.due = deadline
        let left = max(0, deadline.milliseconds(since: time.monotonicTime))
        state.task = loop.scheduleTask(in: .milliseconds(left + 1)) { [weak self] in self?.look() }
    }

    private func look() {
        let now = time.monotonicTime
        let (late, onLate) = state.withLock { state -> (DoorPhase?, (@Sendable (DoorPhase) -> Void)?) in
            state.due = nil
            guard !state.isOver, let deadline = state.clock.deadline else { return (nil, nil) }
            guard deadline <= now else {
                arm(&state)
                return (nil, nil)
            }
            state.isOver = true
            return (state.clock.phase, state.onLate)
        }
        if let late { onLate?(late) }
    }
}
