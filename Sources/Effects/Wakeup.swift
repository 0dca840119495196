import Synchronization

/// Tells tasks that what they wait for may have come: a condition variable for tasks.
///
/// It counts its wake-ups. Whoever waits reads ``count`` first, looks, and then waits for a wake-up since that count, so
/// that none is lost between the look and the wait. A wake-up says that something may have changed and never what: whoever
/// is woken looks again.
///
/// - Any number of tasks may wait. A wake-up ends every wait, in the order in which they began.
/// - A wait ends when its task is cancelled, also where it was before; it throws nothing. One that is not cancellable
///   goes on until it is woken.
/// - A wait with a deadline ends when the deadline has come by its time source, and so does one that begins later.
/// - A wait since 0 ends once the first wake-up has come, and at once from then on: that is how something is waited for
///   that happens once.
package final class Wakeup: Sendable {
    // Each check costs an object; programs that are built for tests check.
    #if DEBUG
        private typealias Waiter = CheckedContinuation<Void, Never>
    #else
        private typealias Waiter = UnsafeContinuation<Void, Never>
    #endif

    private struct Wait {
        var id: UInt64
        var waiter: Waiter
        /// It waits for the next wake-up, whatever the count.
        var isForNext: Bool
    }

    private struct State {
        var count: UInt64 = 0
        /// The count at the end of the last wait for the next wake-up.
        var seen: UInt64 = 0
        /// Most often one task waits, and that takes no array.
        var first: Wait?
        var others: [Wait] = []
        /// Waits whose deadline came before they began.
        var expired: [UInt64] = []

        /// Whether a wait need not begin.
        mutating func isOver(_ id: UInt64, since count: UInt64?) -> Bool {
            if !expired.isEmpty, let index = expired.firstIndex(of: id) {
                expired.remove(at: index)
                return true
            }
            guard self.count > count ?? seen else { return false }
            if count == nil { seen = self.count }
            return true
        }

        mutating func add(_ wait: Wait) {
            if first == nil { first = wait } else { others.append(wait) }
        }

        mutating func remove(_ id: UInt64) -> Wait? {
            if let wait = first, wait.id == id {
                first = others.isEmpty ? nil : others.removeFirst()
                return wait
            }
            return others.firstIndex { $0.id == id }.map { others.remove(at: $0) }
        }

        mutating func wake() -> (first: Wait?, others: [Wait]) {
            count += 1
            if first?.isForNext ?? false || others.contains(where: \.isForNext) { seen = count }
            defer { (first, others) = (nil, []) }
            return (first, others)
        }
    }

    private let state = Mutex(State())
    private let nextID = Atomic<UInt64>(0)

    package init() {}

    /// How often it was woken.
    package var count: UInt64 { state.withLock { $0.count } }

    /// Ends every wait.
    package func wake() {
        let woken = state.withLock { $0.wake() }
        woken.first?.waiter.resume()
        for wait in woken.others { wait.waiter.resume() }
    }

    /// Returns at the next wake-up; one that came since the last such wait ended counts.
    ///
    /// For one task that looks at everything whenever it is woken.
    package nonisolated(nonsending) func wait(isCancellable: Bool = true) async {
        await wait(newID(), since: nil, isCancellable: isCancellable)
    }

    /// Returns when it has been woken since `count`.
    package nonisolated(nonsending) func wait(since count: UInt64, isCancellable: Bool = true) async {
        await wait(newID(), since: count, isCancellable: isCancellable)
    }

    /// Returns at the next wake-up, as ``wait(isCancellable:)`` does, or when `deadline` has come.
    package func wait(until deadline: MonotonicTime, _ time: any TimeSource) async {
        await wait(since: nil, until: deadline, time)
    }

    /// Returns when it has been woken since `count`, or when `milliseconds` have passed.
    package func wait(since count: UInt64, orMilliseconds milliseconds: Int64, time: any TimeSource) async {
        await wait(since: count, until: time.monotonicTime.advanced(byMilliseconds: milliseconds), time)
    }

    /// Returns when it has been woken since `count`, when the clock on the wall says `due`, or when `milliseconds` have passed.
    ///
    /// The clock on the wall may be set, so it is looked at every ten seconds; nothing else is done then.
    ///
    /// - Parameters:
    ///   - due: nil where nothing is due; what is due already is waited for a millisecond, so that nobody who looks again and
    ///     again keeps time from going on.
    ///   - milliseconds: nil where nothing is to be done but what is due.
    package func wait(
        since count: UInt64, untilWallTime due: WallTime?, orMilliseconds milliseconds: Int64?, time: any TimeSource
    ) async {
        let end = milliseconds.map { time.monotonicTime.advanced(byMilliseconds: max(1, $0)) }
        var left = due.map { max(1, $0.milliseconds(since: time.wallTime)) } ?? .max
        while left > 0 {
            let began = time.monotonicTime
            let pause = min(left, Self.clockMilliseconds, end?.milliseconds(since: began) ?? .max)
            guard pause > 0 else { return }
            await wait(since: count, orMilliseconds: pause, time: time)
            // Woken, cancelled, or the time source has ended: whoever waits looks.
            guard self.count == count, time.monotonicTime.milliseconds(since: began) >= pause else { return }
            left = due.map { $0.milliseconds(since: time.wallTime) } ?? .max
        }
    }

    private static let clockMilliseconds: Int64 = 10_000

    private func wait(since count: UInt64?, until deadline: MonotonicTime, _ time: any TimeSource) async {
        let id = newID()
        await time.limit(until: deadline, expire: { self.expire(id) }) {
            await self.wait(id, since: count, isCancellable: true)
        }
        // Nothing expires any more, and what did may have done so behind the wait.
        state.withLock { state in
            if !state.expired.isEmpty { state.expired.removeAll { $0 == id } }
        }
    }

    nonisolated(nonsending) private func wait(_ id: UInt64, since count: UInt64?, isCancellable: Bool) async {
        guard isCancellable else { return await suspend(id, since: count, isCancellable: false) }
        await withTaskCancellationHandler {
            await suspend(id, since: count, isCancellable: true)
        } onCancel: {
            state.withLock { $0.remove(id) }?.waiter.resume()
        }
    }

    nonisolated(nonsending) private func suspend(_ id: UInt64, since count: UInt64?, isCancellable: Bool) async {
        #if DEBUG
            await withCheckedContinuation { begin(id, since: count, isCancellable, $0) }
        #else
            await withUnsafeContinuation { begin(id, since: count, isCancellable, $0) }
        #endif
    }

    private func begin(_ id: UInt64, since count: UInt64?, _ isCancellable: Bool, _ waiter: Waiter) {
        let isOver = state.withLock { state in
            // Whoever is cancelled after this finds the wait; whoever was before shows it here.
            if state.isOver(id, since: count) || isCancellable && Task.isCancelled { return true }
            state.add(Wait(id: id, waiter: waiter, isForNext: count == nil))
            return false
        }
        if isOver { waiter.resume() }
    }

    private func expire(_ id: UInt64) {
        let wait = state.withLock { state in
            let wait = state.remove(id)
            if wait == nil { state.expired.append(id) }
            return wait
        }
        wait?.waiter.resume()
    }

    private func newID() -> UInt64 { nextID.wrappingAdd(1, ordering: .relaxed).newValue }
}
