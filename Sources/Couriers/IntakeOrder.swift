import Effects
import Ledgers
import Synchronization

/// The order in which deliveries of one lane are opened and stored.
///
/// A sender has several deliveries of one chain on their way, and they are checked side by side; but they are stored in
/// the order of their sequences, and only so many are held open at once. A delivery gets its place only after those
/// before it in its chain have theirs, so those that hold a place never wait for one that has none.
final class IntakeOrder: Sendable {
    /// A delivery that is being taken in.
    struct Ticket: Sendable {
        fileprivate var id: UInt64
        fileprivate var chain: ChainIdentity
        fileprivate var first: UInt64
    }

    private struct Waiting {
        var ticket: Ticket
        var hasPlace = false
    }

    private struct State {
        var nextID: UInt64 = 0
        var deliveries: [UInt64: Waiting] = [:]
        var places: Int
    }

    private let state: Mutex<State>
    private let changed = Wakeup()
    private let time: any TimeSource

    init(places: Int, time: any TimeSource) {
        state = Mutex(State(places: places))
        self.time = time
    }

    func enter(chain: ChainIdentity, first: UInt64) -> Ticket {
        state.withLock { state in
            state.nextID += 1
            let ticket = Ticket(id: state.nextID, chain: chain, first: first)
            state.deliveries[ticket.id] = Waiting(ticket: ticket)
            return ticket
        }
    }

    func leave(_ ticket: Ticket) {
        state.withLock { state in
            if state.deliveries.removeValue(forKey: ticket.id)?.hasPlace ?? false { state.places += 1 }
        }
        changed.wake()
    }

    /// Returns when the delivery may be opened.
    func waitForPlace(_ ticket: Ticket) async throws {
        try await wait { state in
            guard state.places > 0, Self.before(ticket, in: state).allSatisfy(\.hasPlace) else { return false }
            state.places -= 1
            state.deliveries[ticket.id]?.hasPlace = true
            return true
        }
        changed.wake()
    }

    /// Returns when nothing that comes before the delivery in its chain is being taken in any more.
    func waitForTurn(_ ticket: Ticket) async throws {
        try await wait { Self.before(ticket, in: $0).isEmpty }
    }

    /// Waits until the chain here has come to the delivery's first batch, if something of the chain still comes in.
    ///
    /// - Parameter reached: reads how far the chain goes here.
    func waitForPredecessor(_ ticket: Ticket, reached: () async throws -> UInt64) async throws {
        let deadline = time.monotonicTime.advanced(byMilliseconds: Limits.deliveryOrderMilliseconds)
        while true {
            let seen = changed.count
            try await waitForTurn(ticket)
            guard try await reached() < ticket.first else { return }
            let left = deadline.milliseconds(since: time.monotonicTime)
            guard left > 0 else { return }
            await changed.wait(since: seen, orMilliseconds: left, time: time)
            try Task.checkCancellation()
        }
    }

    private static func before(_ ticket: Ticket, in state: State) -> [Waiting] {
        state.deliveries.values.filter { other in
            other.ticket.chain == ticket.chain
                && (other.ticket.first, other.ticket.id) < (ticket.first, ticket.id)
        }
    }

    private func wait(_ isReady: (inout State) -> Bool) async throws {
        while true {
            let seen = changed.count
            if state.withLock({ isReady(&$0) }) { return }
            await changed.wait(since: seen, orMilliseconds: Limits.courierPollMilliseconds, time: time)
            try Task.checkCancellation()
        }
    }
}
