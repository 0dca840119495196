package import Effects
package import Storage
import Synchronization
package import Wire

/// A part of what a ledger holds that somebody can wait for a change of.
package enum LedgerPart: Hashable, Sendable {
    /// Rows of a table, or of an owner's part of it, whether an entry was folded into them or a command wrote them.
    case rows(TablePart)
    /// The chains of a lane, this node's own and others': they have grown.
    case chains(Lane)

    /// - Parameter owner: whose rows of a table that several share; nil for the whole table.
    package static func table(_ name: String, of owner: String? = nil) -> Self { .rows(TablePart(name, of: owner)) }
}

/// Wakes those whom a commit concerns, and nobody else.
///
/// Whoever looks at tables names them once, as those that its look reads. A look is repeated where one of them has changed:
/// first the count of the wake-ups is read, then the look is taken, then a wake-up since that count is waited for
/// (``Effects/Wakeup``). So none is lost, and several commits between two looks are one wake-up.
///
/// What is not in the ledger and yet goes into such looks, as the region configuration, the links and the keys do, wakes
/// everybody (``wakeAll()``).
final class LedgerChanges: Sendable {
    private struct State {
        /// In the order in which they were asked for first: the order in which they are woken.
        var wakeups: [Wakeup] = []
        var indexes: [Set<LedgerPart>: Int] = [:]
        /// Whom a part concerns.
        var concerned: [LedgerPart: [Int]] = [:]
    }

    private let state = Mutex(State())

    /// The wake-up of those who go by `parts`; all who name the same share one.
    ///
    /// It is kept as long as the ledger, so parts are named by the program and never by what somebody sent.
    func wakeup(of parts: Set<LedgerPart>) -> Wakeup {
        state.withLock { state in
            if let index = state.indexes[parts] { return state.wakeups[index] }
            let (index, wakeup) = (state.wakeups.count, Wakeup())
            state.wakeups.append(wakeup)
            state.indexes[parts] = index
            for part in parts { state.concerned[part, default: []].append(index) }
            return wakeup
        }
    }

    /// Wakes those whom a commit concerns.
    func wake(_ changes: Set<TablePart>, _ advanced: [ChainPosition]) {
        if changes.contains(.unknown) { return wakeAll() }
        let woken = state.withLock { state in
            var indexes: Set<Int> = []
            for change in changes { indexes.formUnion(state.concerned[.rows(change)] ?? []) }
            for lane in Set(advanced.map(\.chain.lane)) { indexes.formUnion(state.concerned[.chains(lane)] ?? []) }
            return indexes.sorted().map { state.wakeups[$0] }
        }
        for wakeup in woken { wakeup.wake() }
    }

    /// Wakes everybody.
    func wakeAll() {
        for wakeup in state.withLock({ $0.wakeups }) { wakeup.wake() }
    }
}

extension Ledger {
    /// Woken after each commit that changes one of `parts`, and when something else has changed that readers of the ledger go
    /// by (``wakeAll()``).
    ///
    /// Whoever gives no part is woken for the latter alone.
    ///
    /// - Parameter parts: everything that its look reads and that may change under it.
    package func changes(of parts: Set<LedgerPart>) -> Wakeup { changes.wakeup(of: parts) }

    /// Wakes everybody who waits for changes: something has changed that is not in the ledger and that they go by.
    package func wakeAll() { changes.wakeAll() }
}
