import Dispatch
import Synchronization

/// Does something when its time has come, unless it is taken back before.
///
/// What was taken back is gone at once. The thread pool's own timers (`Task.sleep`) are kept until they are due, also when
/// nobody sleeps any more: of thousands of waits with a deadline few last until it comes, and what each of the others
/// had taken of the memory kept a page of it from going back to the operating system.
final class TimerQueue: Sendable {
    /// The process's; it is never freed.
    static let shared = TimerQueue()

    private struct State {
        let timer: any DispatchSourceTimer
        var heap = TimerHeap()
        var actions: [UInt64: @Sendable () -> Void] = [:]
        var next: UInt64 = 0
        /// For when the timer is set.
        var set: MonotonicTime?
        /// Whose action is being done.
        var firing: UInt64?
    }

    private let state: Mutex<State>
    /// Held while an action is done.
    private let acting = Mutex(())

    init() {
        state = Mutex(State(timer: DispatchSource.makeTimerSource(queue: DispatchQueue(label: "yilian.timers"))))
        state.withLock { state in
            state.timer.setEventHandler { [weak self] in self?.fire() }
            state.timer.activate()
        }
    }

    deinit {
        state.withLock { $0.timer.cancel() }
    }

    /// How many timers are set, and how many places they take.
    var counts: (pending: Int, places: Int) { state.withLock { ($0.actions.count, $0.heap.count) } }

    /// Does something at a moment, on a thread of the queue's.
    ///
    /// - Parameter action: short; it sets and cancels no timers, and resumes no task that would run at once and do so.
    /// - Returns: the timer's number.
    func at(_ due: MonotonicTime, _ action: @escaping @Sendable () -> Void) -> UInt64 {
        state.withLock { state in
            state.next += 1
            state.actions[state.next] = action
            state.heap.insert(TimerHeap.Timer(due: due, id: state.next))
            if state.set.map({ due < $0 }) ?? true { set(&state) }
            return state.next
        }
    }

    /// Takes a timer back; when this returns, its action is done or never will be.
    func cancel(_ id: UInt64) {
        let (action, isFiring) = state.withLock { state in
            let action = state.actions.removeValue(forKey: id)
            if state.heap.count > Self.places, state.heap.count > 2 * state.actions.count {
                let actions = state.actions
                state.heap.keep { actions[$0] != nil }
            }
            return (action, state.firing == id)
        }
        // What its closure holds may be freed here, outside the lock.
        withExtendedLifetime(action) {}
        if isFiring { acting.withLock { _ in } }
    }

    private func fire() {
        state.withLock { $0.set = nil }
        let now = SystemTime().monotonicTime
        while true {
            let isLast = acting.withLock { _ in
                guard let action = state.withLock({ next(now, &$0) }) else { return true }
                action()
                state.withLock { $0.firing = nil }
                return false
            }
            if isLast { return }
        }
    }

    /// The next action that is due; sets the timer where there is none.
    private func next(_ now: MonotonicTime, _ state: inout State) -> (@Sendable () -> Void)? {
        while let first = state.heap.first {
            guard state.actions[first.id] != nil else {
                _ = state.heap.popFirst()
                continue
            }
            guard first.due <= now else { break }
            _ = state.heap.popFirst()
            state.firing = first.id
            return state.actions.removeValue(forKey: first.id)
        }
        set(&state)
        return nil
    }

    private func set(_ state: inout State) {
        state.set = state.heap.first?.due
        guard let due = state.set else { return }
        state.timer.schedule(
            deadline: DispatchTime(uptimeNanoseconds: UInt64(max(1, due.nanoseconds))), leeway: .microseconds(100))
    }

    /// As many places are not worth a search for those that nobody needs.
    private static let places = 256
}
