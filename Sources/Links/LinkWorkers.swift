import Effects
import Synchronization

/// The calls that came over a link and wait, and the tasks that answer them one after another.
///
/// A task takes the next call when it is done with one, so that a call costs no task of its own, and short calls to one
/// desk follow each other on one thread. Another task is roused only where the one at work seems to wait for something
/// in the middle of a call: a second one that comes too early would only stand in line for the same desk, and both
/// would pay for changing places. On a loop that is seen at once: whoever looks is on it, and so nobody computes there.
final class LinkWorkers: Sendable {
    struct WaitingCall: Sendable {
        var callID: UInt64
        var call: InboundCall
    }

    /// A task that answers calls, and how the call that it is at is cancelled.
    final class Worker: Sendable {
        let cancellation = Wakeup()
        /// Woken once for each time that it is taken from those that are idle.
        fileprivate let roused = Wakeup()
        /// The place of the worker among those that there are, or -1; only changed under the lock of the calls.
        fileprivate let place = Atomic(-1)
    }

    private struct Place {
        var worker: Worker
        /// The call that it is at.
        var callID: UInt64?
        /// Its call was cancelled, and its task with it: it takes no other.
        var isCancelled = false
    }

    private struct State {
        var waiting: [WaitingCall] = []
        var start = 0
        var idle: [Worker] = []
        var places: [Place?] = []
        var freePlaces: [Int] = []
        /// Tasks that are at a call.
        var atWork = 0
        var lastTaken = MonotonicTime(nanoseconds: 0)
        /// A task was woken or asked for and has not looked yet: one at a time is enough.
        var isWaking = false
        /// Tasks that are wanted beside those that there are.
        var wanted = 0
        var isOver = false

        var hasWaiting: Bool { start < waiting.count }

        func mayTake(_ worker: Worker) -> Bool {
            let place = worker.place.load(ordering: .relaxed)
            return !isOver && place >= 0 && places[place]?.isCancelled == false
        }

        /// The worker is done with the call that it was at, if it was.
        mutating func leaveCall(_ worker: Worker) {
            let place = worker.place.load(ordering: .relaxed)
            guard place >= 0, places[place]?.callID != nil else { return }
            places[place]?.callID = nil
            atWork -= 1
        }
    }

    /// When another task is roused while one is at a call.
    enum Rule {
        /// For every call, because nobody looks after calls that wait too long.
        case always
        /// Where it is at the call for so long that it seems to wait for something.
        case slow
        /// Whenever somebody looks: tasks and whoever looks run on one thread.
        case looked
    }

    private let time: any TimeSource
    private let rule: Rule
    private let state = Mutex(State())
    /// Woken when another task is wanted.
    private let spawning = Wakeup()

    init(time: any TimeSource, rule: Rule) {
        self.time = time
        self.rule = rule
    }

    private enum Rousing {
        case resume(Worker)
        case spawn
    }

    var hasWaiting: Bool { state.withLock { $0.hasWaiting } }

    /// Adds a call that came in; ``rouse(_:)`` follows when all that came with it are added.
    func add(_ call: WaitingCall) {
        state.withLock { state in
            if !state.isOver { state.waiting.append(call) }
        }
    }

    /// Sees to it that somebody answers the calls that wait.
    ///
    /// - Returns: whether to look again soon, because calls wait behind one that may take long.
    @discardableResult
    func rouse(_ now: MonotonicTime) -> Bool {
        let (rousing, looksAgain) = state.withLock { state -> (Rousing?, Bool) in
            guard state.hasWaiting, !state.isOver else { return (nil, false) }
            let isSlow = now.nanoseconds - state.lastTaken.nanoseconds >= Self.slowNanoseconds
            let rousing = rule != .slow || state.atWork == 0 || isSlow ? wake(&state) : nil
            // The one call that somebody was woken for is looked after.
            return (rousing, rousing == nil || state.waiting.count - state.start > 1)
        }
        perform(rousing)
        return looksAgain
    }

    /// Cancels the call where it is being answered, or takes it back where it waits.
    ///
    /// - Returns: whether it was taken back, and nobody will answer it.
    func cancel(_ callID: UInt64) -> Bool {
        let (worker, isTaken) = state.withLock { state -> (Worker?, Bool) in
            if let found = state.waiting[state.start...].firstIndex(where: { $0.callID == callID }) {
                state.waiting.remove(at: found)
                return (nil, true)
            }
            guard let index = state.places.firstIndex(where: { $0?.callID == callID }) else { return (nil, false) }
            state.places[index]?.isCancelled = true
            return (state.places[index]?.worker, false)
        }
        worker?.cancellation.wake()
        return isTaken
    }

    /// The next call for `worker`, which is done with the one before; nil where none waits.
    func take(_ worker: Worker) -> WaitingCall? {
        let now = time.monotonicTime
        let (call, rousing) = state.withLock { state -> (WaitingCall?, Rousing?) in
            state.leaveCall(worker)
            guard state.mayTake(worker), let call = Self.first(&state) else { return (nil, nil) }
            state.places[worker.place.load(ordering: .relaxed)]?.callID = call.callID
            state.atWork += 1
            state.lastTaken = now
            return (call, rule == .always && state.hasWaiting ? wake(&state) : nil)
        }
        perform(rousing)
        return call
    }

    /// Waits until there may be a call for `worker`.
    ///
    /// - Returns: false where its task is to end.
    func wait(_ worker: Worker) async -> Bool {
        let isEnough = state.withLock { !$0.mayTake(worker) || $0.idle.count >= Self.idleLimit }
        if isEnough || Task.isCancelled { return false }
        let isIdle = state.withLock { state in
            if state.isOver || state.hasWaiting { return false }
            state.idle.append(worker)
            return true
        }
        // Whoever is idle is taken from there by whoever rouses it, and only so.
        if isIdle { await worker.roused.wait(isCancellable: false) }
        return state.withLock { state in
            state.isWaking = false
            return state.mayTake(worker)
        }
    }

    /// How many more tasks are wanted; suspends while none is, and is nil at the end.
    func wanted() async -> Int? {
        while true {
            let (count, isOver) = state.withLock { state in
                defer { state.wanted = 0 }
                return (state.wanted, state.isOver)
            }
            if isOver || Task.isCancelled { return nil }
            if count > 0 { return count }
            await spawning.wait()
        }
    }

    func begin(_ worker: Worker) {
        state.withLock { state in
            state.isWaking = false
            let place = state.freePlaces.popLast() ?? state.places.count
            if place == state.places.count { state.places.append(nil) }
            state.places[place] = Place(worker: worker)
            worker.place.store(place, ordering: .relaxed)
        }
    }

    func end(_ worker: Worker) {
        let rousing = state.withLock { state -> Rousing? in
            state.leaveCall(worker)
            let place = worker.place.exchange(-1, ordering: .relaxed)
            if place >= 0 {
                state.places[place] = nil
                state.freePlaces.append(place)
            }
            return state.hasWaiting && !state.isOver && (rule == .always || state.atWork == 0) ? wake(&state) : nil
        }
        perform(rousing)
    }

    /// Lets every task end.
    func close() {
        let idle = state.withLock { state in
            state.isOver = true
            defer {
                state.idle = []
                state.waiting = []
                state.start = 0
            }
            return state.idle
        }
        for worker in idle { worker.roused.wake() }
        spawning.wake()
    }

    private static func first(_ pool: inout State) -> WaitingCall? {
        guard pool.hasWaiting else { return nil }
        let call = pool.waiting[pool.start]
        pool.start += 1
        if pool.start == pool.waiting.count {
            pool.waiting.removeAll(keepingCapacity: true)
            pool.start = 0
        } else if pool.start > 256, pool.start * 2 > pool.waiting.count {
            pool.waiting.removeFirst(pool.start)
            pool.start = 0
        }
        return call
    }

    private func wake(_ state: inout State) -> Rousing? {
        guard !state.isWaking else { return nil }
        state.isWaking = true
        if let idle = state.idle.popLast() { return .resume(idle) }
        state.wanted += 1
        return .spawn
    }

    private func perform(_ rousing: Rousing?) {
        switch rousing {
        case .resume(let worker): worker.roused.wake()
        case .spawn: spawning.wake()
        case nil: break
        }
    }

    /// Tasks that wait for work at a time; more of them end.
    private static let idleLimit = 32
    /// Whoever is at a call for longer is taken to wait for something.
    private static let slowNanoseconds: Int64 = 200_000
    /// How soon calls that wait are looked at again.
    static let lookAgainMicroseconds: Int64 = 300
}
