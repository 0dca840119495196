package import Doors
import Effects
import Logging
import NIOCore
import Synchronization

/// One connection at a listener: its place at the door, and until when it may be as it is.
package final class Visit: Sendable {
    /// The connection whose request is being answered by this task.
    @TaskLocal package static var current: Visit?

    private struct State {
        var clock: DoorClock
        var timer: Scheduled<Void>?
        /// For when the timer is set.
        var due: MonotonicTime?
        var identity: String?
        var isOver = false
    }

    package let address: String
    let channel: any Channel
    private let permit: DoorPermit
    private let listener: ListenerDoor
    private let state: Mutex<State>

    init(channel: any Channel, address: String, permit: DoorPermit, listener: ListenerDoor, phase: DoorPhase) {
        self.channel = channel
        self.address = address
        self.permit = permit
        self.listener = listener
        state = Mutex(State(clock: DoorClock(listener.deadlines, phase: phase, now: listener.time.monotonicTime)))
        permit.onEviction { channel.close(promise: nil) }
        // The place is taken until the descriptor is free.
        channel.closeFuture.whenComplete { _ in self.end() }
        state.withLock { arm(&$0) }
    }

    /// The connection is in another phase now.
    func enter(_ phase: DoorPhase) {
        permit.rest(phase == .silence)
        permit.serve(phase == .work || phase == .answer)
        let now = listener.time.monotonicTime
        state.withLock { state in
            state.clock.enter(phase, now: now)
            arm(&state)
        }
    }

    /// Whoever is at the other end has proved who it is; the first proof of a connection counts.
    ///
    /// - Returns: false where this identity has all the places that it may have, or there is none left.
    package func prove(_ identity: String) -> Bool {
        guard state.withLock({ $0.identity }) == nil else { return true }
        do {
            try permit.identify(identity)
            try permit.establish()
        } catch {
            listener.note((error as? DoorRefusal)?.label ?? "unknown", address: address)
            return false
        }
        state.withLock { state in
            state.identity = identity
            state.clock.prove()
            arm(&state)
        }
        return true
    }

    var isProven: Bool { state.withLock { $0.identity } != nil }

    /// A message begins to come.
    package func openMessage() -> ByteHolding {
        listener.budget.open(isProven: isProven) { [weak self] in
            guard let self else { return }
            listener.note("message_made_room", address: address)
            channel.close(promise: nil)
        }
    }

    /// Somebody came with a token that is none.
    ///
    /// - Returns: whether it was one of too many of this address.
    package func noteWrongToken() -> Bool {
        listener.note("wrong_token", address: address)
        return listener.wrongTokens.note(address)
    }

    func note(_ label: String, metadata: Logger.Metadata = [:]) {
        listener.note(label, address: address, metadata: metadata)
    }

    // MARK: The deadline

    /// Sets the timer where none is set that comes in time.
    private func arm(_ state: inout State) {
        guard !state.isOver, let deadline = state.clock.deadline else { return }
        if let due = state.due, due <= deadline { return }
        state.timer?.cancel()
        state.due = deadline
        let left = max(0, deadline.milliseconds(since: listener.time.monotonicTime))
        state.timer = channel.eventLoop.scheduleTask(in: .milliseconds(left + 1)) { [weak self] in self?.look() }
    }

    private func look() {
        let now = listener.time.monotonicTime
        let late = state.withLock { state -> DoorPhase? in
            state.due = nil
            guard !state.isOver, let deadline = state.clock.deadline else { return nil }
            guard deadline <= now else {
                arm(&state)
                return nil
            }
            state.isOver = true
            return state.clock.phase
        }
        guard let late else { return }
        listener.door.noteDeadline(late)
        // A proven connection that has been idle is nothing to tell of.
        if !(late == .silence && isProven) { listener.note("late_\(late.rawValue)", address: address) }
        channel.close(promise: nil)
    }

    private func end() {
        let timer = state.withLock { state in
            state.isOver = true
            defer { state.timer = nil }
            return state.timer
        }
        timer?.cancel()
    }
}
