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
        var identity: String?
        /// Requests that share the connection, and those of them that are being answered.
        var streams = 0
        var served = 0
        /// Whether a body comes that may be as long as it takes, while it comes.
        var isStreaming = false
    }

    package let address: String
    let channel: any Channel
    private let permit: DoorPermit
    private let listener: ListenerDoor
    private let state = Mutex(State())
    private let timer: VisitTimer

    init(channel: any Channel, address: String, permit: DoorPermit, listener: ListenerDoor, phase: DoorPhase) {
        self.channel = channel
        self.address = address
        self.permit = permit
        self.listener = listener
        timer = VisitTimer(listener.deadlines, phase: phase, loop: channel.eventLoop, time: listener.time)
        permit.onEviction { channel.close(promise: nil) }
        // The place is taken until the descriptor is free.
        channel.closeFuture.whenComplete { _ in self.timer.end() }
        timer.onLate { [weak self] in self?.end(late: $0) }
    }

    /// The connection is in another phase now.
    func enter(_ phase: DoorPhase) {
        permit.rest(phase == .silence)
        permit.serve(phase == .work || phase == .answer)
        timer.enter(phase)
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
        state.withLock { $0.identity = identity }
        timer.prove()
        return true
    }

    /// The body of a request in hand is taken as it comes: it has its time anew with each step of it.
    func stream(_ isStreaming: Bool = true) { state.withLock { $0.isStreaming = isStreaming } }

    var isStreaming: Bool { state.withLock { $0.isStreaming } }

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

    /// It has been in a phase for too long, or one of its requests has.
    private func end(late phase: DoorPhase) {
        listener.door.noteDeadline(phase)
        // A proven connection that has been idle is nothing to tell of.
        if !(phase == .silence && isProven) { listener.note("late_\(phase.rawValue)", address: address) }
        channel.close(promise: nil)
    }

    /// Keeps what reads and writes the connection until it has closed.
    ///
    /// A server that stops drops whom it has accepted and not begun to serve, and NIO takes a writer that is dropped before
    /// its channel has closed for a fault of the program.
    func keep<Wire: Sendable>(_ wire: Wire) {
        channel.closeFuture.whenComplete { _ in withExtendedLifetime(wire) {} }
    }

    // MARK: Requests that share the connection

    /// A request begins beside others; who has not proved who it is may not have too many at a time.
    ///
    /// - Returns: until when it may be as it is.
    func beginStream(on loop: any EventLoop) -> VisitTimer {
        note { $0.streams += 1 }
        if !isProven, state.withLock({ $0.streams }) > Limits.unprovenStreams {
            listener.note("too_many_requests", address: address)
            channel.close(promise: nil)
        }
        let timer = VisitTimer(listener.deadlines, phase: .message, loop: loop, time: listener.time)
        timer.onLate { [weak self] in self?.end(late: $0) }
        if isProven { timer.prove() }
        return timer
    }

    /// All of a request has come, or its answer goes out.
    func serveStream() { note { $0.served += 1 } }

    func endStream(wasServed: Bool) {
        note { state in
            state.streams -= 1
            if wasServed { state.served -= 1 }
        }
    }

    private func note(_ change: (inout State) -> Void) {
        func phase(_ state: State) -> DoorPhase {
            state.served > 0 ? .work : state.streams > 0 ? .message : .silence
        }
        let next = state.withLock { state -> DoorPhase? in
            let before = phase(state)
            change(&state)
            return phase(state) == before ? nil : phase(state)
        }
        if let next { enter(next) }
    }
}
