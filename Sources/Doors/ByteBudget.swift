package import Effects
import Synchronization

/// What all listeners hold in messages and bodies that are coming or being worked on, bounded together.
///
/// The first bytes of each are free, so that ordinary messages are taken also while long ones use everything up; how many
/// there can be, the doors bound. Nobody waits for room, because those who wait could hold what the others wait for: whoever
/// finds none takes it from the message that has been coming for longest, a stranger's first, where that has had its time,
/// and is refused else.
package final class ByteBudget: Sendable {
    package struct Figures: Sendable {
        package var heldBytes: Int
        package var mostHeldBytes: Int
        package var limitBytes: Int
        /// Messages that were refused, or ended in favour of others.
        package var refused: UInt64
        package var madeRoom: UInt64
    }

    private struct Holder {
        var heldBytes = 0
        /// What of it counts.
        var countedBytes = 0
        var since: MonotonicTime
        var isProven: Bool
        /// Whether all of it has come: it is being worked on and makes no room.
        var isWhole = false
        var onEviction: @Sendable () -> Void
    }

    private struct State {
        var next: UInt64 = 1
        var holders: [UInt64: Holder] = [:]
        var countedBytes = 0
        var mostBytes = 0
        var refused: UInt64 = 0
        var madeRoom: UInt64 = 0
    }

    package let limitBytes: Int
    private let freeBytes: Int
    private let graceMilliseconds: Int64
    private let time: any TimeSource
    private let state = Mutex(State())

    /// - Parameters:
    ///   - limitBytes: at least what the longest message has.
    ///   - freeBytes: of each message, that do not count.
    ///   - graceMilliseconds: how long a message may be coming before it makes room for another.
    package init(
        limitBytes: Int = Limits.listenerBytes, freeBytes: Int = Limits.listenerFreeBytes,
        graceMilliseconds: Int64 = Limits.listenerGraceMilliseconds, time: any TimeSource
    ) {
        self.limitBytes = limitBytes
        self.freeBytes = freeBytes
        self.graceMilliseconds = graceMilliseconds
        self.time = time
    }

    package var figures: Figures {
        state.withLock {
            Figures(
                heldBytes: $0.countedBytes, mostHeldBytes: $0.mostBytes, limitBytes: limitBytes, refused: $0.refused,
                madeRoom: $0.madeRoom)
        }
    }

    /// A message begins to come.
    ///
    /// - Parameter onEviction: ends it where it has to make room; it must not hold the holding.
    package func open(isProven: Bool, onEviction: @escaping @Sendable () -> Void) -> ByteHolding {
        let now = time.monotonicTime
        let id = state.withLock { state in
            defer { state.next += 1 }
            state.holders[state.next] = Holder(since: now, isProven: isProven, onEviction: onEviction)
            return state.next
        }
        return ByteHolding(id: id, budget: self)
    }

    // MARK: What holdings say

    fileprivate func take(_ bytes: Int, _ id: UInt64) -> Bool {
        let now = time.monotonicTime
        let (isTaken, evictions) = state.withLock { state -> (Bool, [@Sendable () -> Void]) in
            guard var holder = state.holders[id] else { return (false, []) }
            let counted = max(0, holder.heldBytes + bytes - freeBytes)
            let missing = counted - holder.countedBytes
            var evictions: [@Sendable () -> Void] = []
            while missing > 0, state.countedBytes + missing > limitBytes {
                guard let other = whoMakesRoom(for: id, now, state), let gone = state.holders.removeValue(forKey: other)
                else {
                    state.refused += 1
                    return (false, evictions)
                }
                state.countedBytes -= gone.countedBytes
                state.madeRoom += 1
                evictions.append(gone.onEviction)
            }
            holder.heldBytes += bytes
            holder.countedBytes = counted
            state.holders[id] = holder
            state.countedBytes += missing
            state.mostBytes = max(state.mostBytes, state.countedBytes)
            return (true, evictions)
        }
        for eviction in evictions { eviction() }
        return isTaken
    }

    private func whoMakesRoom(for id: UInt64, _ now: MonotonicTime, _ state: State) -> UInt64? {
        state.holders.filter { other, holder in
            other != id && !holder.isWhole && holder.countedBytes > 0
                && now.milliseconds(since: holder.since) >= graceMilliseconds
        }.min { left, right in
            left.value.isProven == right.value.isProven
                ? left.value.since < right.value.since : !left.value.isProven
        }?.key
    }

    fileprivate func settle(_ id: UInt64) -> Bool {
        state.withLock { state in
            state.holders[id]?.isWhole = true
            return state.holders[id] != nil
        }
    }

    fileprivate func end(_ id: UInt64) {
        let holder = state.withLock { state in
            let holder = state.holders.removeValue(forKey: id)
            state.countedBytes -= holder?.countedBytes ?? 0
            return holder
        }
        // What its closure holds may be freed here, outside the lock.
        withExtendedLifetime(holder) {}
    }
}

/// What one message holds of a ``ByteBudget``; it is given back when nobody has the holding any more.
package final class ByteHolding: Sendable {
    private let id: UInt64
    private let budget: ByteBudget

    fileprivate init(id: UInt64, budget: ByteBudget) {
        self.id = id
        self.budget = budget
    }

    deinit {
        budget.end(id)
    }

    /// More of the message has come, or will.
    ///
    /// - Returns: false where there is no room for it, or where the message had to make room for others.
    package func take(_ bytes: Int) -> Bool { budget.take(bytes, id) }

    /// All of it has come: from now on it makes no room any more.
    ///
    /// - Returns: false where it had to make room before.
    @discardableResult
    package func settle() -> Bool { budget.settle(id) }
}
