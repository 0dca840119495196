import Effects
import Synchronization

/// The calls that came over a link and wait, and the tasks that answer them one after another.
///
/// A task takes the next call when it is done with one, so that a call costs no task of its own. Where one waits for
/// something in the middle of a call, another takes the next.
final class LinkWorkers: Sendable {
    struct Delivery: Sendable {
        var callID: UInt64
        var call: InboundCall
    }

    /// A task that answers calls, and how the call that it is at is cancelled.
    final class Worker: Sendable {
        let cancellation = Wakeup()
        /// Only touched under the lock of the calls.
        fileprivate let stage = Mutex(Stage())

        fileprivate struct Stage {
            var callID: UInt64?
            /// Its call was cancelled, and its task with it: it takes no other.
            var isCancelled = false
        }
    }

    private struct State {
        var waiting: [Delivery] = []
        var start = 0
        var idle: [CheckedContinuation<Void, Never>] = []
        var busy: [Worker] = []
        /// A task was woken or asked for and has not looked yet: one at a time is enough.
        var isWaking = false
        /// Tasks that are wanted beside those that there are.
        var wanted = 0
        var isOver = false
    }

    private let state = Mutex(State())
    /// Rung when another task is wanted.
    private let spawning = Wakeup()

    private enum Rousing {
        case resume(CheckedContinuation<Void, Never>)
        case spawn
    }

    /// Adds calls that came in.
    func add(_ delivery: Delivery) {
        let rousing = state.withLock { state -> Rousing? in
            guard !state.isOver else { return nil }
            state.waiting.append(delivery)
            return rouse(&state)
        }
        perform(rousing)
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
            let worker = state.busy.first { worker in
                worker.stage.withLock { stage in
                    guard stage.callID == callID else { return false }
                    stage.isCancelled = true
                    return true
                }
            }
            return (worker, false)
        }
        worker?.cancellation.wake()
        return isTaken
    }

    /// The next call for `worker`, or nil where the task is to end.
    func next(_ worker: Worker) async -> Delivery? {
        var isNew = true
        while true {
            let (delivery, rousing, isOver) = state.withLock { state -> (Delivery?, Rousing?, Bool) in
                if isNew { state.isWaking = false }
                isNew = false
                let isCancelled = worker.stage.withLock { stage in
                    stage.callID = nil
                    return stage.isCancelled
                }
                guard !state.isOver, !isCancelled, !Task.isCancelled else { return (nil, nil, true) }
                guard let delivery = Self.take(&state) else { return (nil, nil, false) }
                worker.stage.withLock { $0.callID = delivery.callID }
                return (delivery, rouse(&state), false)
            }
            perform(rousing)
            if let delivery { return delivery }
            if isOver { return nil }
            guard await waitForWork() else { return nil }
            isNew = true
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
        state.withLock { $0.busy.append(worker) }
    }

    func end(_ worker: Worker) {
        let rousing = state.withLock { state -> Rousing? in
            state.busy.removeAll { $0 === worker }
            return state.isOver ? nil : rouse(&state)
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
        for continuation in idle { continuation.resume() }
        spawning.wake()
    }

    /// - Returns: false where there are idle tasks enough.
    private func waitForWork() async -> Bool {
        let isEnough = state.withLock { $0.idle.count >= Self.idleLimit }
        if isEnough { return false }
        await withCheckedContinuation { continuation in
            let atOnce = state.withLock { state in
                if state.isOver || state.start < state.waiting.count { return true }
                state.idle.append(continuation)
                return false
            }
            if atOnce { continuation.resume() }
        }
        return true
    }

    private static func take(_ pool: inout State) -> Delivery? {
        guard pool.start < pool.waiting.count else { return nil }
        let delivery = pool.waiting[pool.start]
        pool.start += 1
        if pool.start == pool.waiting.count {
            pool.waiting.removeAll(keepingCapacity: true)
            pool.start = 0
        } else if pool.start > 256 {
            pool.waiting.removeFirst(pool.start)
            pool.start = 0
        }
        return delivery
    }

    private func rouse(_ state: inout State) -> Rousing? {
        guard !state.isWaking, state.start < state.waiting.count else {
            return nil
        }
        state.isWaking = true
        if let idle = state.idle.popLast() { return .resume(idle) }
        state.wanted += 1
        return .spawn
    }

    private func perform(_ rousing: Rousing?) {
        switch rousing {
        case .resume(let continuation): continuation.resume()
        case .spawn: spawning.wake()
        case nil: break
        }
    }

    /// Tasks that wait for work at a time; more of them end.
    private static let idleLimit = 32
}
